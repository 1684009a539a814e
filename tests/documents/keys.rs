//! docs/keys.md, made from the schema: every key of a `serverless.yml`, and what becomes of it.

use std::collections::BTreeSet;
use std::fmt::Write;

use pilothouse_service::plugins::BUILT_IN;
use pilothouse_service::schema::{Key, OWN, OWN_NAME, SERVICE, Shape, Status};

/// A key with its path.
struct Line {
    path: String,
    key: &'static Key,
}

/// The text of docs/keys.md.
pub(crate) fn text() -> String {
    let mut lines = Vec::new();
    let mut known = BTreeSet::new();
    of_keys(SERVICE, "", &mut known, &mut lines);
    for plugin in BUILT_IN {
        of_keys(plugin.function, "functions.*", &mut known, &mut lines);
        for (name, shape) in plugin.custom {
            of_shape(shape, &format!("custom.{name}"), &mut known, &mut lines);
        }
    }
    of_shape(&OWN, &format!("custom.{OWN_NAME}"), &mut known, &mut lines);
    lines.sort_by_key(|line| part_of(&line.path) != THE_FILE);
    let count = |holds: fn(Status) -> bool| {
        let all = lines.iter();
        all.filter(|line| holds(line.key.status)).count()
    };
    let mut text = format!(
        "# Keys\n\nEvery key that a `serverless.yml` of version 3 may have, as the schema knows them. `*` stands for a name \
         of your own. A key that is not here is told as unknown, with the nearest that exists.\n\n\
         | What becomes of it | Keys |\n|---|---|\n\
         | supported | {} |\n| refused by name, with a way out | {} |\n| of version 4 alone, refused by name | {} |\n\
         | without effect, told with the reason | {} |\n| unknown to Serverless too, told as such | {} |\n| ignored in silence | 0 |\n",
        count(|status| status == Status::Supported),
        count(|status| matches!(status, Status::Refused(..))),
        count(|status| status == Status::Version4),
        count(|status| matches!(status, Status::WithoutEffect(_))),
        count(|status| matches!(status, Status::Unknown(_))),
    );
    plugins(&mut text);
    let mut part = "";
    for line in &lines {
        let of = part_of(&line.path);
        if of != part {
            part = of;
            write!(
                text,
                "\n## `{part}`\n\n| Key | What becomes of it | What it is for |\n|---|---|---|\n"
            )
            .expect("a text can grow");
        }
        writeln!(
            text,
            "| `{}` | {} | {} |",
            line.path,
            becomes(line.key),
            line.key.doc.replace('|', "\\|")
        )
        .expect("a text can grow");
    }
    text
}

/// The plugins that are built in.
fn plugins(text: &mut String) {
    text.push_str(
        "\n## Plugins that are built in\n\nTheir keys are known when `plugins` names them. Others are code of the project.\n\n\
         | Plugin | Keys | What it does |\n|---|---|---|\n",
    );
    for plugin in BUILT_IN {
        let custom = plugin
            .custom
            .iter()
            .map(|(name, _)| format!("`custom.{name}`"));
        let function = plugin
            .function
            .iter()
            .map(|key| format!("`functions.*.{}`", key.name));
        let keys: Vec<String> = custom.chain(function).collect();
        let (names, keys) = (plugin.names.join(", "), keys.join(", "));
        writeln!(text, "| {names} | {keys} | {} |", plugin.doc).expect("a text can grow");
    }
}

/// What stands at the top of the file.
const THE_FILE: &str = "serverless.yml";

/// The part of the document that a key stands in.
fn part_of(path: &str) -> &str {
    if path.starts_with("functions.*.events.") {
        return "functions.*.events";
    }
    match path.split_once('.') {
        Some(("functions", _)) => "functions.*",
        Some((part, _)) => part,
        None => THE_FILE,
    }
}

fn becomes(key: &Key) -> String {
    let status = match key.status {
        Status::Supported => "supported".to_owned(),
        Status::Refused(why, instead) => format!("refused: {why}. {instead}"),
        Status::Version4 => "refused: of version 4".to_owned(),
        Status::WithoutEffect(why) => format!("no effect: {why}"),
        Status::Unknown(why) => format!("told as unknown: {why}"),
    };
    match key.deprecated {
        Some(old) if old.instead.is_empty() => format!("{status}; old, can go"),
        Some(old) => format!("{status}; old, now `{}`", old.instead),
        None => status,
    }
}

fn of_keys(keys: &'static [Key], path: &str, known: &mut BTreeSet<String>, lines: &mut Vec<Line>) {
    for key in keys {
        let path = match path {
            "" => key.name.to_owned(),
            path => format!("{path}.{}", key.name),
        };
        // Two shapes of one value may share keys.
        if known.insert(path.clone()) {
            lines.push(Line {
                path: path.clone(),
                key,
            });
        }
        of_shape(&key.shape, &path, known, lines);
    }
}

fn of_shape(
    shape: &'static Shape,
    path: &str,
    known: &mut BTreeSet<String>,
    lines: &mut Vec<Line>,
) {
    match shape {
        Shape::Keys(keys, _) | Shape::Event(keys) => of_keys(keys, path, known, lines),
        Shape::List(shape) => of_shape(shape, path, known, lines),
        Shape::Named(shape) | Shape::NamedBy(_, shape) => {
            of_shape(shape, &format!("{path}.*"), known, lines);
        }
        Shape::Either(shapes) => {
            for shape in *shapes {
                of_shape(shape, path, known, lines);
            }
        }
        _ => {}
    }
}
