//! serverless-dotenv-plugin: what `.env` files hold becomes the functions' environment.
//!
//! As in the plugin, the computer's own environment wins over the files, and earlier files over later ones where
//! values are expanded (the plugin's default), else later ones.

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic, ProjectPath};

use super::{BuiltIn, written};
use crate::document::{Content, Entry, Mapping, Node};
use crate::load::Options;
use crate::lookup::{Answer, Answers, Lookup};
use crate::schema::{Key, Shape};
use crate::variables::{CREDENTIALS, dotenv};

const NAME: &str = "serverless-dotenv-plugin";
const TEXTS: Shape = Shape::List(&Shape::Text);

static REQUIRED: &[Key] = &[
    Key::new("env", TEXTS, "Names that must have a value"),
    Key::new("file", Shape::Truth, "Whether there must be a file"),
];

static SETTINGS: &[Key] = &[
    Key::new(
        "path",
        TEXTS,
        "The files to read, instead of those found by their names",
    ),
    Key::new(
        "basePath",
        Shape::Text,
        "What stands before the files' names, such as `config/`",
    ),
    Key::new("include", TEXTS, "The only names that are taken over"),
    Key::new("exclude", TEXTS, "Names that are not taken over"),
    Key::new("required", Shape::Keys(REQUIRED, &[]), "What must be there"),
    Key::new(
        "variableExpansion",
        Shape::Truth,
        "Whether `$NAME` in a value is replaced",
    ),
    Key::without_effect("logging", "what is taken over is seen in the plan"),
    Key::without_effect(
        "v4BreakingChanges",
        "a file that cannot be read is always an error",
    ),
    Key::refused(
        "dotenvParser",
        "Code that reads the files",
        "it would have to run with the values of your environment in it",
        "Remove it: the usual form of such files is read without it",
    ),
];

pub(super) static DOTENV: BuiltIn = BuiltIn {
    names: &[NAME],
    doc: "Gives functions the variables of `.env` files",
    custom: &[("dotenv", Shape::Keys(SETTINGS, &[]))],
    function: &[],
};

/// What the plugin asks of the outside world, and what it found.
struct Asking<'a> {
    answers: &'a Answers,
    wanted: Vec<Lookup>,
}

impl Asking<'_> {
    fn ask(&mut self, lookup: Lookup) -> Option<&Answer> {
        let answer = self.answers.get(&lookup);
        if answer.is_none() && !self.wanted.contains(&lookup) {
            self.wanted.push(lookup);
        }
        answer
    }

    fn variable(&mut self, name: &str) -> Option<String> {
        match self.ask(Lookup::Environment(name.to_owned()))? {
            Answer::Found(value) => Some(value.clone()),
            _ => None,
        }
    }
}

/// Puts the variables of the files under `provider.environment`; or lists what must be known first.
pub(crate) fn apply(
    document: &mut Node,
    options: &Options,
    answers: &Answers,
    found: &mut Vec<Diagnostic>,
) -> Vec<Lookup> {
    let Some(plugin) = written(document)
        .into_iter()
        .find(|plugin| plugin.name == NAME)
    else {
        return Vec::new();
    };
    let mut asking = Asking {
        answers,
        wanted: Vec::new(),
    };
    let settings = document
        .get("custom")
        .and_then(|custom| custom.get("dotenv"))
        .cloned();
    let settings = settings.unwrap_or_else(|| Node::new(plugin.span.clone(), Content::Null));
    let files = files(&mut asking, &settings, options, found);
    if !asking.wanted.is_empty() {
        return asking.wanted;
    }
    let values = values(&mut asking, &settings, &files);
    if !asking.wanted.is_empty() {
        return asking.wanted;
    }
    let problem = |message: String, hint: &str| {
        Diagnostic::error(Code::ConfigMissingKey, message)
            .at(plugin.span.clone())
            .path("custom.dotenv.required")
            .hint(hint)
    };
    let required = settings.get("required");
    let must_be = required.and_then(|required| required.get("file"));
    if files.is_empty() && must_be.and_then(Node::to_text).as_deref() == Some("true") {
        found.push(problem(
            "there is no `.env` file, and `custom.dotenv.required.file` wants one".to_owned(),
            "Write one, or name it under `custom.dotenv.path`",
        ));
    }
    for name in texts(required.and_then(|required| required.get("env"))) {
        let given = values.get(&name).is_some_and(|value| !value.is_empty());
        if !given && asking.variable(&name).is_none_or(|value| value.is_empty()) {
            if !asking.wanted.is_empty() {
                return asking.wanted;
            }
            found.push(problem(
                format!("`{name}` has no value, and `custom.dotenv.required.env` wants one"),
                "Add it to the `.env` file",
            ));
        }
    }
    put(document, &plugin.span, values, &settings, found);
    Vec::new()
}

/// The texts of the files that exist.
fn files(
    asking: &mut Asking<'_>,
    settings: &Node,
    options: &Options,
    found: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let named = texts(settings.get("path"));
    let names = if named.is_empty() {
        let stage = asking
            .variable("NODE_ENV")
            .filter(|name| !name.is_empty())
            .or_else(|| options.others.get("env").cloned())
            .or_else(|| options.stage.clone())
            .unwrap_or_else(|| "development".to_owned());
        let base = settings
            .get("basePath")
            .and_then(Node::to_text)
            .unwrap_or_default();
        let local = (stage != "test").then(|| ".env.local".to_owned());
        let names = [format!(".env.{stage}.local"), format!(".env.{stage}")].into_iter();
        let names = names.chain(local).chain([".env".to_owned()]);
        names.map(|name| format!("{base}{name}")).collect()
    } else {
        named
    };
    if !asking.wanted.is_empty() {
        return Vec::new();
    }
    let mut texts = Vec::new();
    for name in names {
        let Ok(path) = ProjectPath::parse(name.trim_start_matches("./")) else {
            found.push(
                Diagnostic::error(
                    Code::ConfigBadValue,
                    format!("`{name}` is not a file of the project"),
                )
                .at(settings.span.clone())
                .path("custom.dotenv")
                .hint("Name a file inside the project"),
            );
            continue;
        };
        match asking.ask(Lookup::File(path)) {
            Some(Answer::Found(text)) => texts.push(text.clone()),
            Some(Answer::Refused { reason }) => found.push(
                Diagnostic::error(
                    Code::ConfigBadValue,
                    format!("`{name}` cannot be read: {reason}"),
                )
                .at(settings.span.clone())
                .path("custom.dotenv"),
            ),
            _ => {}
        }
    }
    texts
}

fn values(asking: &mut Asking<'_>, settings: &Node, files: &[String]) -> IndexMap<String, String> {
    let expands = settings
        .get("variableExpansion")
        .and_then(Node::to_text)
        .as_deref()
        != Some("false");
    let mut all: IndexMap<String, String> = IndexMap::new();
    for text in files {
        let parsed = dotenv::all(text);
        let mut values = parsed.clone();
        for (name, value) in &parsed {
            if !expands || CREDENTIALS.contains(&name.as_str()) {
                continue;
            }
            // What stands before wins: the computer's own, then what an earlier file gave.
            let before = asking.variable(name).or_else(|| all.get(name).cloned());
            let value = before.unwrap_or_else(|| value.clone());
            let expanded = expand(&value, &mut |name| {
                let own = asking.variable(name).or_else(|| all.get(name).cloned());
                (own, values.get(name).cloned())
            });
            values.insert(name.clone(), expanded);
        }
        all.extend(values);
    }
    all
}

/// What the environment, and what the file itself, has under a name.
type Known = (Option<String>, Option<String>);

/// Replaces `$NAME`, `${NAME}` and `${NAME:-default}`, the last first; `\$` is a dollar sign.
///
/// `value_of` gives what the environment and what the file has; a default stands between the two.
fn expand(text: &str, value_of: &mut dyn FnMut(&str) -> Known) -> String {
    /// A value can name itself; more replacements than this are a circle.
    const MOST: usize = 100;
    let mut text = text.to_owned();
    for _ in 0..MOST {
        let Some((from, to, name, default)) = last_variable(&text) else {
            break;
        };
        let (own, of_file) = value_of(&name);
        let full = |value: Option<String>| value.filter(|value| !value.is_empty());
        let value = full(own)
            .or(full(default))
            .or(full(of_file))
            .unwrap_or_default();
        text.replace_range(from..to, &value);
    }
    text.replace("\\$", "$")
}

/// Where the last variable stands, its name and its default.
fn last_variable(text: &str) -> Option<(usize, usize, String, Option<String>)> {
    let from = text
        .match_indices('$')
        .map(|(at, _)| at)
        .rfind(|at| !text.get(..*at).is_some_and(|before| before.ends_with('\\')))?;
    let after = text.get(from + 1..)?;
    let inside = after.strip_prefix('{').unwrap_or(after);
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let length = inside
        .find(|letter| !is_word(letter))
        .unwrap_or(inside.len());
    let (name, rest) = inside
        .split_at_checked(length)
        .filter(|(name, _)| !name.is_empty())?;
    let (default, rest) = match rest.strip_prefix(":-") {
        Some(rest) => {
            let length = rest.find(['}', '\\']).unwrap_or(rest.len());
            let (default, rest) = rest.split_at_checked(length)?;
            (Some(default.to_owned()), rest)
        }
        None => (None, rest),
    };
    let rest = rest.strip_prefix('}').unwrap_or(rest);
    Some((from, text.len() - rest.len(), name.to_owned(), default))
}

fn put(
    document: &mut Node,
    span: &pilothouse_model::Span,
    values: IndexMap<String, String>,
    settings: &Node,
    found: &mut Vec<Diagnostic>,
) {
    let only = settings.get("include").map(|include| texts(Some(include)));
    let only = only.filter(|names| names.iter().all(|name| name != "*"));
    let never = if only.is_some() {
        Vec::new()
    } else {
        texts(settings.get("exclude"))
    };
    let Some(provider) = child(document, "provider") else {
        return;
    };
    if provider.get("environment").is_none_or(Node::is_null)
        && let Content::Mapping(entries) = &mut provider.content
    {
        let node = Node::new(span.clone(), Content::Mapping(Mapping::new()));
        let key = span.clone();
        entries.insert("environment".to_owned(), Entry { key, node });
    }
    let Some(Content::Mapping(environment)) =
        child(provider, "environment").map(|node| &mut node.content)
    else {
        return;
    };
    for (name, value) in values {
        if only.as_ref().is_some_and(|only| !only.contains(&name)) || never.contains(&name) {
            continue;
        }
        if CREDENTIALS.contains(&name.as_str()) {
            found.push(
                Diagnostic::warning(
                    Code::ConfigBadValue,
                    format!(
                        "`{name}` of a `.env` file is a credential and is not given to functions"
                    ),
                )
                .at(span.clone())
                .path("custom.dotenv")
                .hint(format!(
                    "Add `{name}` to `custom.dotenv.exclude` to say so yourself"
                )),
            );
            continue;
        }
        let node = Node::new(span.clone(), Content::Text(value));
        let key = span.clone();
        environment.insert(name, Entry { key, node });
    }
}

fn child<'n>(node: &'n mut Node, name: &str) -> Option<&'n mut Node> {
    match &mut node.content {
        Content::Mapping(entries) => entries.get_mut(name).map(|entry| &mut entry.node),
        _ => None,
    }
}

/// A text, or a list of texts.
fn texts(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.content) {
        Some(Content::Sequence(nodes)) => nodes.iter().filter_map(Node::to_text).collect(),
        _ => node.and_then(Node::to_text).into_iter().collect(),
    }
}
