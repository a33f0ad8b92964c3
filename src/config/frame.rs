//! What stands around the pages: the path under which a portal serves them, further names of this host, and what the
//! footer says of who runs them.
//!
//! Not here: how it is shown (`web`).

use serde::Deserialize;

use super::BAD_VALUE;
use crate::domain::fault::Fault;

/// What the footer says of who runs the pages; an empty text is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Footer {
    /// 主办单位.
    pub organiser: String,
    /// How it is reached.
    pub contact: String,
    /// ICP备案号.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// 政府网站标识码.
    pub site_code: String,
}

impl Footer {
    /// Takes a setting of the environment; `false` when it is none of the footer.
    pub(super) fn take(&mut self, key: &str, value: &str) -> bool {
        let place = match key {
            "ZHUCHAO_FOOTER_ORGANISER" => &mut self.organiser,
            "ZHUCHAO_FOOTER_CONTACT" => &mut self.contact,
            "ZHUCHAO_FOOTER_ICP" => &mut self.icp,
            "ZHUCHAO_FOOTER_POLICE" => &mut self.police,
            "ZHUCHAO_FOOTER_SITE_CODE" => &mut self.site_code,
            _ => return false,
        };
        value.clone_into(place);
        true
    }

    /// This one with what `above` says laid over it.
    pub(super) fn under(self, above: Footer) -> Footer {
        let or = |above: String, below: String| if above.is_empty() { below } else { above };
        Footer {
            organiser: or(above.organiser, self.organiser),
            contact: or(above.contact, self.contact),
            icp: or(above.icp, self.icp),
            police: or(above.police, self.police),
            site_code: or(above.site_code, self.site_code),
        }
    }
}

/// The path under which the pages are served: empty, or `/a/b`. CF102.
pub(super) fn base_path(text: &str) -> Result<String, Fault> {
    let path = text.trim_matches('/');
    let ok = |c: char| c.is_ascii_alphanumeric() || "-_.~/".contains(c);
    if !path.chars().all(ok) || path.split('/').any(|step| matches!(step, "." | "..")) {
        let action = "write a path such as /zhuchao, of letters, digits, - _ . ~ and /";
        return Err(unfit("base_path", text, action));
    }
    Ok(match path {
        "" => String::new(),
        path => format!("/{path}"),
    })
}

/// A name of this host, perhaps with a port. CF102.
pub(super) fn host(text: &str) -> Result<String, Fault> {
    let ok = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    if text.is_empty() || !text.chars().all(ok) {
        let action =
            "write a name such as demo.example or demo.example:8080, without scheme and path";
        return Err(unfit("hosts", text, action));
    }
    Ok(text.to_ascii_lowercase())
}

fn unfit(key: &str, text: &str, action: &str) -> Fault {
    let shown: String = text.chars().take(60).collect();
    Fault::new(
        BAD_VALUE,
        format!("{shown:?} is no value for {key}"),
        action,
    )
}
