//! What may be written at a place.

use std::ops::Range;

use super::explain::{explain_at, stands_below};
use super::outline::Outline;
use super::spot::{Spot, spot};
use super::{shapes, variables};
use crate::document::Syntax;
use crate::schema::{Key, Status};

/// What is known of the project beside the text.
#[derive(Debug, Clone, Copy)]
pub struct Project<'a> {
    /// The configuration file; the text itself, when it is that.
    pub config: &'a Outline,
    /// The text of the configuration file.
    pub config_text: &'a str,
    /// Where the text stands in the configuration: empty for the configuration itself, `functions` for a file that
    /// is read as its functions. None when nobody knows.
    pub stands_at: Option<&'a [String]>,
    /// The files of the project.
    pub files: &'a [String],
    /// The types of resources that AWS has.
    pub types: fn() -> Vec<&'static str>,
    /// The properties of a type, with what they must look like.
    pub properties: fn(&str) -> Vec<(&'static str, String)>,
}

/// What kind of thing is suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SuggestionKind {
    /// A key.
    Key,
    /// A value.
    Value,
    /// A source of variables, or a part of one.
    Variable,
    /// Something that the project names itself.
    Name,
    /// A file of the project.
    File,
}

/// Something that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What is shown and searched.
    pub label: String,
    /// What it is.
    pub kind: SuggestionKind,
    /// What may stand there, in a few words.
    pub detail: String,
    /// What it is for.
    pub doc: String,
    /// What is written.
    pub insert: String,
}

/// What may be written, and over what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// What is written over.
    pub typed: Range<usize>,
    /// In the order of the schema, or as the project names them.
    pub all: Vec<Suggestion>,
}

/// What may be written at a byte of a text.
pub fn complete(text: &str, syntax: Syntax, at: usize, project: &Project<'_>) -> Suggestions {
    let outline = Outline::of(text, syntax);
    let whole = |path: &[String]| {
        project
            .stands_at
            .map(|before| before.iter().chain(path).cloned().collect::<Vec<String>>())
    };
    match spot(text, &outline, at) {
        Spot::Key {
            parent,
            typed,
            has_colon,
            in_brackets,
        } => {
            let Some(path) = whole(&parent) else {
                return Suggestions::default();
            };
            let own = text
                .get(typed.clone())
                .unwrap_or_default()
                .trim_matches(['"', '\'']);
            let taken: Vec<&str> = outline.names(&parent).filter(|name| *name != own).collect();
            let layout = Layout {
                json: syntax == Syntax::Json,
                in_brackets,
                has_colon,
                indent: indent_of(text, typed.start),
            };
            Suggestions {
                all: keys(&path, &taken, &layout, project),
                typed,
            }
        }
        Spot::Value { path, typed } => {
            let Some(path) = whole(&path) else {
                return Suggestions::default();
            };
            values(text, &path, typed, syntax, project)
        }
        Spot::Variable { typed, .. } => variables::complete(text, typed, project),
        Spot::Nothing => Suggestions::default(),
    }
}

/// Whether what is being written at the end of a line may name a file.
pub fn wants_files(line: &str) -> bool {
    ["file(", "handler", "artifact", "file:"]
        .iter()
        .any(|word| line.contains(word))
}

/// How a key is written where it stands.
struct Layout {
    json: bool,
    in_brackets: bool,
    has_colon: bool,
    indent: usize,
}

fn indent_of(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(at, |line| at - line - 1)
}

fn keys(
    path: &[String],
    taken: &[&str],
    layout: &Layout,
    project: &Project<'_>,
) -> Vec<Suggestion> {
    let known = shapes::at(path);
    let mut all: Vec<Suggestion> = shapes::keys(&known.shapes)
        .into_iter()
        .filter(|(key, _)| !taken.contains(&key.name) && is_offered(key))
        .map(|(key, required)| of_key(key, required, path, layout))
        .collect();
    // What must be there comes first.
    all.sort_by_key(|one| !one.detail.starts_with("needed"));
    match parts(path).as_slice() {
        ["resources", "extensions"] => {
            all.extend(below(project, &["resources", "Resources"], "a resource"));
        }
        ["resources", "Resources", id, "Properties"] => {
            all.extend(properties(id, taken, layout, project));
        }
        _ => {}
    }
    all
}

/// The properties of a resource, by its type.
fn properties(id: &str, taken: &[&str], layout: &Layout, project: &Project<'_>) -> Vec<Suggestion> {
    let path = ["resources", "Resources", id, "Type"].map(str::to_owned);
    let kind = project.config.at(&path).map(|item| item.value.clone());
    let kind = kind
        .and_then(|value| project.config_text.get(value))
        .unwrap_or_default();
    let kind = kind.trim_matches(['"', '\'']);
    let colon = if layout.has_colon { "" } else { ": " };
    (project.properties)(kind)
        .into_iter()
        .filter(|(name, _)| !taken.contains(name))
        .map(|(name, detail)| {
            let quote = if layout.json { "\"" } else { "" };
            Suggestion {
                kind: SuggestionKind::Key,
                insert: format!("{quote}{name}{quote}{colon}"),
                doc: format!("A property of {kind}"),
                ..named(name, &detail)
            }
        })
        .collect()
}

fn parts(path: &[String]) -> Vec<&str> {
    path.iter().map(String::as_str).collect()
}

/// What is refused, old or without effect is not offered.
fn is_offered(key: &Key) -> bool {
    key.status == Status::Supported && key.deprecated.is_none()
}

fn of_key(key: &'static Key, required: bool, path: &[String], layout: &Layout) -> Suggestion {
    let kind = crate::schema::said(&key.shape);
    let mut own: Vec<&str> = parts(path);
    own.push(key.name);
    let default = explain_at(&own).and_then(|known| known.default);
    let mut detail = if required {
        format!("needed; {kind}")
    } else {
        kind
    };
    if let Some(default) = default {
        detail = format!("{detail}; {default} when absent");
    }
    Suggestion {
        label: key.name.to_owned(),
        kind: SuggestionKind::Key,
        detail,
        doc: key.doc.to_owned(),
        insert: written(key, layout),
    }
}

fn written(key: &Key, layout: &Layout) -> String {
    let name = if layout.json {
        format!("\"{}\"", key.name)
    } else {
        key.name.to_owned()
    };
    if layout.has_colon {
        return name;
    }
    if layout.in_brackets || layout.json || !stands_below(&key.shape) {
        return format!("{name}: ");
    }
    let below = " ".repeat(layout.indent + 2);
    let dash = if matches!(key.shape, crate::schema::Shape::List(_)) {
        "- "
    } else {
        ""
    };
    format!("{name}:\n{below}{dash}")
}

pub(super) fn named(name: &str, what: &str) -> Suggestion {
    Suggestion {
        label: name.to_owned(),
        kind: SuggestionKind::Name,
        detail: what.to_owned(),
        doc: String::new(),
        insert: name.to_owned(),
    }
}

fn values(
    text: &str,
    path: &[String],
    typed: Range<usize>,
    syntax: Syntax,
    project: &Project<'_>,
) -> Suggestions {
    let written = text.get(typed.clone()).unwrap_or_default();
    // Behind a short tag of CloudFormation.
    for (tag, attributes) in [("!Ref ", false), ("!GetAtt ", true), ("!Condition ", false)] {
        if let Some(rest) = written.strip_prefix(tag) {
            let start = typed.end - rest.len();
            let all = if tag == "!Condition " {
                below(project, &["resources", "Conditions"], "a condition")
            } else {
                references(project, !attributes)
            };
            return Suggestions {
                typed: start..typed.end,
                all,
            };
        }
    }
    let known = shapes::at(path);
    let quote = |word: &str| {
        if syntax == Syntax::Json
            && !matches!(word, "true" | "false")
            && word.parse::<f64>().is_err()
        {
            format!("\"{word}\"")
        } else {
            word.to_owned()
        }
    };
    let doc = known.key.map_or("", |key| key.doc);
    let mut all: Vec<Suggestion> = shapes::words(&known.shapes)
        .into_iter()
        .map(|word| Suggestion {
            insert: quote(&word),
            label: word,
            kind: SuggestionKind::Value,
            detail: String::new(),
            doc: doc.to_owned(),
        })
        .collect();
    all.extend(of_project(path, project));
    // An item of a list that is a mapping begins with one of its keys.
    if path
        .last()
        .is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
    {
        let layout = Layout {
            json: syntax == Syntax::Json,
            in_brackets: syntax == Syntax::Json,
            has_colon: false,
            indent: indent_of(text, typed.start),
        };
        if syntax != Syntax::Json {
            all.extend(keys(path, &[], &layout, project));
        }
    }
    Suggestions { typed, all }
}

/// Values that the project names itself.
fn of_project(path: &[String], project: &Project<'_>) -> Vec<Suggestion> {
    let parts = parts(path);
    match parts.as_slice() {
        ["resources", "Resources", _, "Type"] => (project.types)()
            .into_iter()
            .map(|name| Suggestion {
                kind: SuggestionKind::Value,
                ..named(name, "a type of AWS's")
            })
            .collect(),
        ["plugins", ..] => crate::plugins::BUILT_IN
            .iter()
            .filter_map(|plugin| {
                Some(Suggestion {
                    doc: plugin.doc.to_owned(),
                    ..named(plugin.names.first()?, "built in")
                })
            })
            .collect(),
        [.., "handler"] => handlers(project),
        [.., "authorizer"] | [.., "authorizer", "name"] => {
            let mut all = below(project, &["functions"], "a function");
            all.extend(below(
                project,
                &["provider", "httpApi", "authorizers"],
                "an authorizer",
            ));
            all
        }
        [.., "destinations", "onSuccess" | "onFailure"] => {
            below(project, &["functions"], "a function")
        }
        [.., "dependsOn" | "DependsOn" | "Ref"]
        | [.., "dependsOn" | "DependsOn" | "Fn::GetAtt", _] => {
            references(project, parts.last() == Some(&"Ref"))
        }
        [.., "condition" | "Condition"] => {
            below(project, &["resources", "Conditions"], "a condition")
        }
        [.., "artifact" | "file"] => project
            .files
            .iter()
            .map(|file| Suggestion {
                kind: SuggestionKind::File,
                ..named(file, "")
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn below(project: &Project<'_>, path: &[&str], what: &str) -> Vec<Suggestion> {
    let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
    project
        .config
        .names(&path)
        .map(|name| named(name, what))
        .collect()
}

/// What `Ref` and `GetAtt` may name.
fn references(project: &Project<'_>, parameters_too: bool) -> Vec<Suggestion> {
    let mut all = below(project, &["resources", "Resources"], "a resource");
    for name in project.config.names(&["functions".to_owned()]) {
        let mut letters = name.replace('-', "Dash").replace('_', "Underscore");
        if let Some(first) = letters.get(..1).map(str::to_uppercase) {
            letters.replace_range(..1, &first);
        }
        all.push(named(
            &format!("{letters}LambdaFunction"),
            &format!("the function {name}"),
        ));
    }
    if parameters_too {
        all.extend(below(project, &["resources", "Parameters"], "a parameter"));
        for name in [
            "AWS::Region",
            "AWS::AccountId",
            "AWS::StackName",
            "AWS::StackId",
            "AWS::Partition",
            "AWS::URLSuffix",
            "AWS::NoValue",
        ] {
            all.push(named(name, "of CloudFormation"));
        }
    }
    all
}

/// Files that hold code, with the place of the name that is called in them.
fn handlers(project: &Project<'_>) -> Vec<Suggestion> {
    const CODE: &[&str] = &["js", "cjs", "mjs", "ts", "mts", "py", "rb"];
    project
        .files
        .iter()
        .filter_map(|file| {
            let (stem, ending) = file.rsplit_once('.')?;
            CODE.contains(&ending).then(|| Suggestion {
                kind: SuggestionKind::File,
                detail: file.clone(),
                doc: "The file without its ending, and the name of what is called in it".to_owned(),
                label: format!("{stem}.handler"),
                insert: format!("{stem}.handler"),
            })
        })
        .collect()
}
