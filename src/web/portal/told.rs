//! Small parts that many pages share: buttons, filters.

use crate::web::context::Ctx;
use crate::web::sheet::field::Field;
use crate::web::sheet::form::Form;
use crate::web::sheet::table::kept;
use crate::web::sheet::{Button, Part};

/// A button to a path, with words by key.
pub fn button(ctx: &Ctx, path: &str, words: &str) -> Button {
    Button {
        href: ctx.plain(path),
        label: ctx.t(words).to_owned(),
        kind: "",
    }
}

/// Filters of a list: their values come from the address and stay in it.
pub fn filter(ctx: &Ctx, fields: Vec<Field>) -> Part {
    let names: Vec<String> = fields.iter().map(|f| f.name.clone()).collect();
    let mut but: Vec<&str> = names.iter().map(String::as_str).collect();
    but.push("page");
    let set = |f: Field| {
        let value = ctx.value(&f.name).to_owned();
        f.value(value)
    };
    let used = names.iter().any(|n| !ctx.value(n).is_empty());
    let mut form = Form::new("filter", ctx.bare(ctx.path()), ctx.t("filter")).group(
        "",
        "",
        fields.into_iter().map(set).collect(),
    );
    form.hidden = kept(ctx, &but);
    if used {
        form = form.cancel(ctx.plain(ctx.path()));
    }
    Part::Filter(form)
}

/// True when a row passes a filter of the address.
pub fn passes(ctx: &Ctx, key: &str, value: &str) -> bool {
    let wanted = ctx.value(key);
    wanted.is_empty() || wanted == value
}

/// True when one of some texts holds what is looked for.
pub fn holds(ctx: &Ctx, texts: &[&str]) -> bool {
    let wanted = ctx.value("q").trim().to_lowercase();
    wanted.is_empty() || texts.iter().any(|t| t.to_lowercase().contains(&wanted))
}
