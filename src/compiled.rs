//! A pack as bytes, checked and ready for use: packs that come with the program are compiled when it is built, so that a
//! letter need not wait for YAML to be read. The examples and the places in the YAML are left out.

use crate::pack::Pack;
use crate::plan::Plan;

/// The bytes of a pack and its plan. Only the program that was built with them can read them.
///
/// # Errors
///
/// None that a pack could cause; those of the format.
pub fn write(pack: &Pack, plan: &Plan) -> Result<Vec<u8>, postcard::Error> {
    postcard::to_allocvec(&(pack, plan))
}

/// The pack and its plan, whose long rows of numbers stay where they are.
///
/// # Errors
///
/// Bytes that no pack was written to.
pub fn read(bytes: &'static [u8]) -> Result<(Pack, Plan), postcard::Error> {
    postcard::from_bytes(bytes)
}
