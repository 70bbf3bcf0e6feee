use super::*;
use crate::view::tests::{assert_sound, sketch};
use proptest::prelude::*;
use std::time::{Duration, Instant};

#[track_caller]
fn check_in(template: Template, format: Format, text: &str, expected: &str) {
    let view = read(text, template, format);
    assert_eq!(sketch(&view), expected, "{text}");
    assert_sound(text, &view);
}

#[track_caller]
fn check(template: Template, text: &str, expected: &str) {
    check_in(template, Format::Text, text, expected);
}

/// The choices of a template, as the text of their passages.
#[track_caller]
fn check_choices(template: Template, text: &str, expected: &[&[&str]]) {
    let view = read(text, template, Format::Text);
    let found: Vec<Vec<&str>> =
        view.choices().iter().map(|choice| choice.iter().map(|span| &view.text()[span.range()]).collect()).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn jinja() {
    let check = |text, expected| check(Template::Jinja, text, expected);
    check("Dear {{ candidate.first_name }},", "Dear {{candidate.first_name}},");
    check("Dear {{name}} {{- name|default('you') -}}!", "Dear {{name}} {{name}}!");
    check("a\n{# so\nit is #}\nb {# c #}d", "a|b d");
    check("a\n{% if x %}\nb\n{%- endif -%}\n\nc", "a|b||c");
    check("a {% raw %}{{ b }} {% if %}{% endraw %} c", "a {{ b }} {% if %} c");
    check("{%- verbatim -%}{{ a }}{%- endverbatim -%}", "{{ a }}");
    check("a {% comment %} b {% endraw %} c {% endcomment %} d", "a  d");
    check("{% trans \"Dear\" %} {{ 'Ann' }}{% set x = 1 %}, {% now 'Y' %}", "Dear Ann, {{now}}");
    check("a {{ b } c {{ d }}", "a {{ b } c {{d}}");
    check("a {{ b", "a {{ b");
    check("a {% raw %}{{ b }}", "a {{b}}");
}

#[test]
fn liquid() {
    let check = |text, expected| check(Template::Liquid, text, expected);
    check("{{ name | default: \"you\" }} {# a #}", "{{name}} {# a #}");
    check("{% comment %}a{% endcomment %}b{% raw %}{{c}}{% endraw %}", "b{{c}}");
    check("{% assign x = 1 %}\n{%- case x -%}\n{%- when 1 -%}\na\n{%- endcase -%}\n", "a");
}

#[test]
fn handlebars_and_mustache() {
    let check_one = |text, expected| check(Template::Handlebars, text, expected);
    check_one("{{#if a}}\nb\n{{else}}\nc\n{{/if}}\nd", "b|c|d");
    check_one("{{!-- a {{b}} --}}c{{! d }}e", "ce");
    check_one("{{{ body }}} {{&a}} {{~ b ~}} {{> part}}c", "{{body}} {{a}} {{b}} c");
    check_one("\\{{a}} {{{{raw}}}}{{b}}{{{{/raw}}}}", "{{a}} {{b}}");
    check_one("{{formatDate start \"MM\"}}", "{{start}}");
    let check = |text, expected| check(Template::Mustache, text, expected);
    check("{{#a}}b{{/a}}{{^a}}c{{/a}} {{d}}", "b c {{d}}");
    check("{{=<% %>=}}<% a %> {{b}}<%={{ }}=%>{{ c }}", "{{a}} {{b}}{{c}}");
}

#[test]
fn erb_and_ejs() {
    let check = |text, expected| check(Template::Erb, text, expected);
    check("Dear <%= @user.name %>,\n<% if late? -%>\na\n<%- else -%>\nb\n<% end %>\n", "Dear {{user.name}},|a|b");
    check("<%# a %>b <%% c %>", "b <% c %>");
    check("<% items.each do |item| %>\n<%= item %>\n<% end %>", "{{item}}");
    check("<% if (late) { %>a<% } else { %>b<% } %> <%- name %>", "a b {{name}}");
    check("<%= form_with do |f| %>a<% end %>", "a");
    check("a <% b", "a <% b");
}

#[test]
fn go() {
    let check = |text, expected| check(Template::Go, text, expected);
    check("Dear {{.Name}},\n{{- /* a {{b}} */ -}}\n{{if .Late}}\na\n{{else}}\nb\n{{end}}\n", "Dear {{Name}},|a|b");
    check("{{$x := .Name}}\n{{range .Items}}{{.}}{{end}} {{ $x }} {{\"{{\"}}", "{{value}} {{x}} {{");
    check("{{ printf \"%s\" .Company.Name }} {{ template \"a\" }}{{ `b` }}", "{{Company.Name}} b");
}

#[test]
fn blade() {
    let check = |text, expected| check(Template::Blade, text, expected);
    check("@extends('mail')\nDear {{ $name }}, {!! $user->name ?? 'you' !!}", "Dear {{name}}, {{user.name}}");
    check("@if (f($x) && \")\")\na\n@elseif ($y)\nb\n@else\nc\n@endif\n", "a|b|c");
    check("{{-- a --}}b ann@if.example @ann @media @@if @{{ c }}", "b ann@if.example @ann @media @if {{ c }}");
    check(
        "@php\n$x = 1;\n@endphp\n@verbatim\n{{ a }}\n@endverbatim\n<?php x() ?><?= $b ?>@lang('Dear you')",
        "{{ a }}|{{b}}Dear you",
    );
    check("@forelse ($a as $b)\nc\n@empty\nd\n@endforelse", "c|d");
}

#[test]
fn the_branches_of_a_condition_are_one_choice() {
    check_choices(
        Template::Jinja,
        "a\n{% if x %}\nb c.\n{% elif y %}\nd\n{% else %}\ne\n{% endif %}\nf",
        &[&["b c.", "d", "e"]],
    );
    check_choices(Template::Jinja, "I {% if x %}gladly{% else %}sadly{% endif %} go", &[&["gladly", "sadly"]]);
    check_choices(Template::Jinja, "{% if x %}a{% endif %}{% else %}{% endif %}", &[]);
    check_choices(Template::Jinja, "{% if x %}a{% else %}{% endif %}", &[]);
    check_choices(
        Template::Liquid,
        "{% case x %}\n{% when 1 %}a{% if y %}b{% else %}c{% endif %}{% when 2 %}d{% endcase %}",
        &[&["ab c", "d"], &["b", "c"]],
    );
    check_choices(Template::Mustache, "{{#a}}b{{/a}}\n{{^a}}c{{/a}} {{^a}}d{{/a}}", &[&["b", "c"]]);
    check_choices(Template::Mustache, "{{#a}}b{{/a}} x {{^a}}c{{/a}}", &[]);
    check_choices(Template::Handlebars, "{{#if a}}{{b}}{{else if c}}d{{^}}e{{/if}}", &[&["{{b}}", "d", "e"]]);
    check_choices(Template::Erb, "<% if a %>b<% else %>c<% end %>", &[&["b", "c"]]);
    check_choices(Template::Go, "{{with .A}}b{{else}}c{{end}}", &[&["b", "c"]]);
    check_choices(Template::Blade, "@if($a) b @else c @endif", &[&["b", "c"]]);
}

#[test]
fn a_slice_keeps_the_choices_in_it() {
    let view = read("a\n{% if x %}\nb\n{% else %}\nc\n{% endif %}", Template::Jinja, Format::Text);
    assert_eq!(view.slice(1..3).choices(), [[Span::new(0, 1), Span::new(2, 3)]]);
    assert_eq!(view.slice(0..2).choices().len(), 0);
}

#[test]
fn the_format_below_is_read() {
    check_in(
        Template::Jinja,
        Format::Markdown,
        "{# a #}\n---\nsubject: \"No, {{ name }}\"\nkind: reply\n---\nDear **{{ name }}**,\n\n{% if x %}\n- *a*\n{% endif %}\n\
         [b]({{ url('c') }}) <a href=\"{{ d(\"e\") }}\">f</a>",
        "Subject: No, {{name}}||Dear {{name}},||-a|b f",
    );
    check_in(
        Template::Blade,
        Format::Html,
        "<p class=\"{{ $a->b(\"c\") }}\" @if($d > 1) hidden @endif>e</p><p style='{{ $f }}'>Dear {{ $g->h }},</p>",
        "Dear {{g.h}},",
    );
    check_in(Template::Erb, Format::Html, "<p <%= a %>>b</p><a href='<%= c > 1 %>'>d</a>", "b||d");
    check_in(Template::Liquid, Format::Html, "---\nsubject: a\n---\n<p>Dear {{ b }},</p>", "Subject: a||Dear {{b}},");
}

#[test]
fn a_template_says_that_it_is_one() {
    assert_eq!(read("a", Template::Go, Format::Text).setting("template"), Some("true"));
    let told = "---\ntemplate: false\n---\na";
    assert_eq!(read(told, Template::Jinja, Format::Markdown).setting("template"), Some("false"));
}

#[test]
fn passages_lead_back_to_the_template() {
    let text = "Dear {{ a.name }},\n{% if x %}\n**No** {# b #}&amp; <b>c</b>\n{% endif %}";
    let view = read(text, Template::Jinja, Format::Markdown);
    assert_eq!(view.text(), "Dear {{a.name}},\nNo & c\n");
    #[track_caller]
    fn check(view: &View, text: &str, shown: &str, expected: &str) {
        let start = view.text().find(shown).unwrap();
        let place = view.back(Span::new(start, start + shown.len()));
        assert_eq!(&text[place.range()], expected, "at {place:?}");
    }
    check(&view, text, "name", "{{ a.name }}");
    check(&view, text, "Dear {{", "Dear {{ a.name }}");
    check(&view, text, "No", "No");
    check(&view, text, "&", "&amp;");
    check(&view, text, "No & c", "No** {# b #}&amp; <b>c");
}

#[test]
fn hostile_templates_are_read_in_time() {
    let pieces = [
        "{{",
        "{{ a",
        "}}",
        "{% raw %}",
        "{% if x %}",
        "{% if x %}a{% else %}b",
        "{#",
        "{{#a}}",
        "{{^a}}",
        "{{!--",
        "{{{{",
        "\\{{",
        "{{=",
        "<%",
        "<% if a %>b",
        "@if(",
        "@if(@if('",
        "@php ",
        "@verbatim",
        "{!!",
        "{{/*",
        "{{ a }}\n",
        "{% x %}\n",
    ];
    for piece in pieces {
        for template in Template::ALL {
            let text = piece.repeat((1 << 16) / piece.len());
            let start = Instant::now();
            let view = read(&text, template, Format::Text);
            let spent = start.elapsed();
            assert!(view.text().len() <= 8 * text.len());
            assert!(spent < Duration::from_secs(10), "{spent:?} for {piece:?} in {template:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn any_template_is_read(
        text in "([ab .<>&;/='\"|\n\r\u{e9}-]|\\{\\{|\\}\\}|\\{\\{\\{|\\{%|%\\}|\\{#|#\\}|<%|%>|<%=|\\{% if x %\\}|\\{% else %\\}|\\{% endif %\\}|\\{% raw %\\}|\\{% endraw %\\}|\\{\\{#a\\}\\}|\\{\\{/a\\}\\}|\\{\\{\\^a\\}\\}|\\{\\{!--|--\\}\\}|\\{\\{=|\\{\\{\\{\\{|\\}\\}\\}\\}|@if|@if\\(|@endif|@php|@verbatim|@@|\\\\|\\{!!|!!\\}|<\\?|\\?>|/\\*|\\*/|<p>|&amp;|---\n|\\{\\{ x \\}\\}){0,40}",
        template in prop::sample::select(Template::ALL.to_vec()),
        format in prop::sample::select(vec![Format::Text, Format::Markdown, Format::Html]),
    ) {
        let view = read(&text, template, format);
        assert_sound(&text, &view);
        for choice in view.choices() {
            prop_assert!(choice.len() > 1);
            prop_assert!(choice.iter().all(|span| view.text().get(span.range()).is_some_and(|text| !text.is_empty())));
            prop_assert!(choice.windows(2).all(|two| two[0].end() <= two[1].start()));
        }
    }
}
