FROM rust:1.95-slim AS build
WORKDIR /demur
COPY . .
RUN cargo build --release --locked

FROM debian:stable-slim
COPY --from=build /demur/target/release/demur /usr/local/bin/demur
# Mount the letters there: docker run --rm -v "$PWD:/letters" demur
WORKDIR /letters
ENTRYPOINT ["demur"]
CMD ["check", "."]
