//! Files of many values: reading one into parameters, with a look at what would change, and writing parameters into one.

use pilothouse_effects::ParameterKind;
use pilothouse_model::{Code, Diagnostics, ProjectPath, Secret, SourceId, Sources, Span, Verb};
use pilothouse_secrets::{self as room, Fate, Form, ImportPlan, Line, Wanted};
use pilothouse_service::document::{self, Content, Node, Syntax};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::store::digest_key;
use super::view::{BrokenView, count};
use super::{ParameterType, SetDone, Store};
use crate::{ApiError, Host, Kind};

/// The most bytes of a file of values.
const MOST_BYTES: u64 = 4 << 20;

/// How a file of values is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FileForm {
    /// `NAME=value` lines.
    Env,
    /// One JSON object, levels in the names.
    Json,
    /// JSON objects in each other.
    NestedJson,
    /// YAML mappings in each other.
    Yaml,
}

impl From<FileForm> for Form {
    fn from(form: FileForm) -> Self {
        match form {
            FileForm::Env => Self::Env,
            FileForm::Json => Self::Json,
            FileForm::NestedJson => Self::NestedJson,
            FileForm::Yaml => Self::Yaml,
        }
    }
}

/// How a file of this name is written, when its name says so.
pub fn form_of(name: &str) -> Option<FileForm> {
    Some(match Form::of_name(name)? {
        Form::Env => FileForm::Env,
        Form::Json => FileForm::Json,
        Form::NestedJson => FileForm::NestedJson,
        Form::Yaml => FileForm::Yaml,
    })
}

/// What is read into which path.
#[derive(Debug, Clone)]
pub struct ImportRequest {
    /// The file.
    pub file: String,
    /// How it is written; by its name when absent.
    pub form: Option<FileForm>,
    /// The path that its names go below.
    pub path: String,
    /// How new ones are kept; SecureString when absent, and lists become a StringList.
    pub kind: Option<ParameterType>,
    /// The key of new ones.
    pub key: Option<String>,
}

/// One row of what an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowView {
    /// The whole name.
    pub name: String,
    /// How it is or would be kept.
    pub kind: ParameterType,
    /// How many bytes its value has.
    pub bytes: u32,
    /// Its line in the file.
    pub line: Option<u32>,
    /// `added`, `changed`, `same` or `refused`.
    pub fate: String,
    /// The version that it has.
    pub version: Option<u32>,
    /// The digest of its value now.
    pub before: Option<String>,
    /// The digest of its value then.
    pub after: Option<String>,
    /// Why it is refused.
    pub broken: Vec<BrokenView>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ImportView {
    /// Every row, in the order of the file.
    pub rows: Vec<ImportRowView>,
    /// How many are new.
    pub added: u32,
    /// How many get a new version.
    pub changed: u32,
    /// How many have that value already.
    pub same: u32,
    /// How many AWS would not take.
    pub refused: u32,
}

/// What an import did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ImportedView {
    /// Those that were written.
    pub written: Vec<SetDone>,
    /// Those that somebody changed after they were looked at; they were left alone.
    pub moved: Vec<String>,
}

/// Values that are ready to be written, once somebody has seen what would change.
#[derive(Debug)]
pub struct PreparedImport {
    pub(super) plan: ImportPlan,
    pub(super) verb: Verb,
    pub(super) words: Vec<String>,
    pub(super) path: String,
}

/// Reads a file and looks what storing its values would change.
///
/// # Errors
/// When the file cannot be read, with every line that is wrong, or AWS does not answer.
pub async fn prepare_import(
    host: &Host,
    store: &Store,
    request: &ImportRequest,
) -> Result<PreparedImport, ApiError> {
    let form = request
        .form
        .map(Form::from)
        .or_else(|| Form::of_name(&request.file));
    let form = form.ok_or_else(|| {
        let title = format!("`{}` does not say how it is written", request.file);
        ApiError::new(Code::SecretFile, Kind::User, title).hint("Say it: --form env, json or yaml")
    })?;
    let text = read_file(host, &request.file)?;
    let path = request.path.trim_end_matches('/');
    let wanted = entries(form, &text)?
        .into_iter()
        .map(|(line, is_list)| Wanted {
            name: format!("{path}/{}", line.name),
            value: line.value,
            kind: request.kind.map_or_else(|| usual_kind(is_list), Into::into),
            key: request.key.clone(),
            line: Some(line.line),
        });
    let plan = room::plan(&store.means, &digest_key(host)?, wanted.collect()).await;
    let plan = plan.map_err(|problem| store.told(problem, Some(&format!("{path}/*"))))?;
    let words = ["import", &request.file, "--under", path].map(str::to_owned);
    Ok(PreparedImport {
        plan,
        verb: Verb::ImportSecrets,
        words: words.to_vec(),
        path: path.to_owned(),
    })
}

const fn usual_kind(is_list: bool) -> ParameterKind {
    if is_list {
        ParameterKind::List
    } else {
        ParameterKind::Secure
    }
}

impl PreparedImport {
    /// What would change.
    pub fn view(&self) -> ImportView {
        let rows: Vec<ImportRowView> = self.plan.rows().iter().map(row).collect();
        let of = |fate: &str| count(rows.iter().filter(|row| row.fate == fate).count());
        ImportView {
            added: of("added"),
            changed: of("changed"),
            same: of("same"),
            refused: of("refused"),
            rows,
        }
    }

    /// How many would be written.
    pub fn writes(&self) -> usize {
        self.plan.writes()
    }

    /// Writes what was shown, and nothing that somebody changed since.
    ///
    /// # Errors
    /// When something stands in the way: what was written is told, and the same command does the rest.
    pub async fn apply(&self, store: &Store) -> Result<ImportedView, ApiError> {
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let subject = format!("{} parameters below {}", self.plan.writes(), self.path);
        let session = store.session(self.verb, subject, &words)?;
        let done = room::apply(&session, &self.plan).await;
        let done = session.close(done, |done| format!("{} were written", done.written.len()));
        let done =
            done.map_err(|problem| store.told(problem, Some(&format!("{}/*", self.path))))?;
        Ok(ImportedView {
            written: done.written.into_iter().map(SetDone::from).collect(),
            moved: done.moved,
        })
    }
}

fn row(of: &room::ImportRow) -> ImportRowView {
    let mut view = ImportRowView {
        name: of.name.clone(),
        kind: of.kind.into(),
        bytes: count(of.bytes),
        line: of.line.map(count),
        fate: String::new(),
        version: None,
        before: None,
        after: None,
        broken: Vec::new(),
    };
    view.fate = match &of.fate {
        Fate::Added => "added",
        Fate::Changed {
            version,
            before,
            after,
        } => {
            view.version = Some(*version);
            view.before = Some(before.to_string());
            view.after = Some(after.to_string());
            "changed"
        }
        Fate::Same { version } => {
            view.version = Some(*version);
            "same"
        }
        Fate::Refused(broken) => {
            view.broken = broken.iter().map(BrokenView::from).collect();
            "refused"
        }
    }
    .to_owned();
    view
}

fn read_file(host: &Host, file: &str) -> Result<Secret, ApiError> {
    let unreadable = |detail: String| {
        let title = format!("`{file}` cannot be read");
        ApiError::new(Code::SecretFile, Kind::User, title).detail(detail)
    };
    let (folder, name) = parts(file);
    let path = ProjectPath::parse(name).map_err(|problem| unreadable(problem.to_string()))?;
    let bytes = host.workplace.project(folder)?.read(&path, MOST_BYTES);
    let bytes = bytes.map_err(|problem| unreadable(problem.to_string()))?;
    let text = String::from_utf8(bytes);
    Ok(Secret::new(text.map_err(|_| {
        unreadable("it is not UTF-8 text".to_owned())
    })?))
}

/// A value for one parameter from a file, as it stands.
///
/// # Errors
/// When it cannot be read.
pub fn value_of_file(host: &Host, file: &str) -> Result<Secret, ApiError> {
    read_file(host, file)
}

pub(super) fn parts(path: &str) -> (&str, &str) {
    match path.rsplit_once('/') {
        Some(("", name)) => ("/", name),
        Some((folder, name)) => (folder, name),
        None => (".", path),
    }
}

/// Every value of a file, with its line, and whether it was a list.
fn entries(form: Form, text: &Secret) -> Result<Vec<(Line, bool)>, ApiError> {
    let lines = match form {
        Form::Env => {
            let read = room::read_env(text.expose());
            let told = |problems: Vec<room::LineProblem>| {
                problems.iter().map(ToString::to_string).collect()
            };
            let lines = read.map_err(|problems| wrong_lines(told(problems)))?;
            lines.into_iter().map(|line| (line, false)).collect()
        }
        Form::Json | Form::NestedJson => tree_of(text, Syntax::Json)?,
        Form::Yaml => tree_of(text, Syntax::Yaml)?,
    };
    if lines.is_empty() {
        let title = "the file holds no value";
        return Err(ApiError::new(Code::SecretFile, Kind::User, title)
            .hint("Write NAME=value lines, or an object of names and values"));
    }
    Ok(lines)
}

/// The lines themselves are not shown, as those of a configuration are: they hold values.
fn wrong_lines(told: Vec<String>) -> ApiError {
    let title = match told.len() {
        1 => "1 line of the file cannot be used".to_owned(),
        many => format!("{many} lines of the file cannot be used"),
    };
    let error = ApiError::new(Code::SecretFile, Kind::User, title).detail(told.join("; "));
    error.hint("Nothing was changed. Put them right and repeat the command")
}

fn tree_of(text: &Secret, syntax: Syntax) -> Result<Vec<(Line, bool)>, ApiError> {
    let source = SourceId::new("the file");
    let mut sources = Sources::default();
    sources.insert(source.clone(), text.expose());
    let place = |span: &Span| {
        let at = sources.position(span);
        at.map_or((1, 1), |at| (at.line, at.column))
    };
    let read = document::read(&source, text.expose(), syntax);
    let node = read.map_err(|Diagnostics(found)| {
        let told = found.iter().map(|one| match &one.span {
            None => one.message.clone(),
            Some(span) => {
                let (line, column) = place(span);
                format!("line {line}, column {column}: {}", one.message)
            }
        });
        wrong_lines(told.collect())
    })?;
    let mut lines = Vec::new();
    let mut wrong = Vec::new();
    let mut tell = |node: &Node, why: &str| {
        let (line, column) = place(&node.span);
        wrong.push(format!("line {line}, column {column}: {why}"));
    };
    if node.as_mapping().is_none() {
        tell(&node, "names and values are expected here");
    }
    let mut open = vec![(String::new(), &node)];
    while let Some((name, node)) = open.pop() {
        match (&node.content, flat(node)) {
            (Content::Mapping(below), _) => {
                let inner = below.iter().rev().map(|(key, entry)| {
                    let name = if name.is_empty() {
                        key.clone()
                    } else {
                        format!("{name}/{key}")
                    };
                    (name, &entry.node)
                });
                open.extend(inner);
            }
            (content, Some(value)) if !name.is_empty() => {
                let line = Line {
                    name,
                    value: Secret::new(value),
                    line: place(&node.span).0,
                };
                lines.push((line, matches!(content, Content::Sequence(_))));
            }
            (Content::Null, _) => tell(node, "a name without a value"),
            _ if name.is_empty() => {}
            _ => tell(node, "a list of a parameter has plain items without commas"),
        }
    }
    if wrong.is_empty() {
        Ok(lines)
    } else {
        Err(wrong_lines(wrong))
    }
}

/// A value as the text that is stored: a scalar, or a list of plain ones.
fn flat(node: &Node) -> Option<String> {
    let Content::Sequence(items) = &node.content else {
        return node.to_text();
    };
    let items: Option<Vec<String>> = items.iter().map(Node::to_text).collect();
    let items = items?;
    let is_plain = |item: &String| !item.is_empty() && !item.contains(',');
    (!items.is_empty() && items.iter().all(is_plain)).then(|| items.join(","))
}

#[cfg(test)]
mod tests;
