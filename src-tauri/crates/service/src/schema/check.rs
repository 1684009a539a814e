//! Holds a document against the table, and brings its values to the types the table wants.

use pilothouse_model::{Code, Diagnostic, Severity, Span};

use super::fixes::{remove, spelled_anew, too_far_left, without_taken, write};
use super::value::{adapt, is_empty, is_kind, said, unmet};
use super::{Key, OWN, OWN_NAME, SERVICE, Shape, Status, find, function};
use super::{intrinsics, required};
use crate::document::{Content, Entry, Node};
use crate::nearest;
use crate::plugins::{self, BuiltIn};

/// How strict the file wants to be checked; it says so itself.
#[derive(Debug, Clone, Default)]
struct Policy {
    /// How unknown keys and bad values weigh; none when the file switched the check off.
    values: Option<Severity>,
    /// How old spellings weigh.
    deprecations: Option<Severity>,
    /// Codes of old spellings to keep quiet about.
    silenced: Vec<String>,
}

impl Policy {
    fn of(document: &Node) -> Self {
        let word = |name: &str| document.get(name).and_then(Node::as_text);
        let silenced = match document.get("disabledDeprecations") {
            Some(Node {
                content: Content::Sequence(nodes),
                ..
            }) => nodes.iter().filter_map(Node::to_text).collect(),
            Some(node) => node.to_text().into_iter().collect(),
            None => Vec::new(),
        };
        Self {
            values: match word("configValidationMode") {
                Some("off") => None,
                Some("error") => Some(Severity::Error),
                _ => Some(Severity::Warning),
            },
            deprecations: match word("deprecationNotificationMode") {
                Some("error") => Some(Severity::Error),
                _ => Some(Severity::Warning),
            },
            silenced,
        }
    }
}

/// Checks a whole file. Its values are brought to the types wanted: `"512"` to 512 where a number is wanted.
pub(crate) fn check(document: &mut Node) -> Vec<Diagnostic> {
    let mut checker = Checker {
        policy: Policy::of(document),
        plugins: Vec::new(),
        found: Vec::new(),
    };
    let plugins: Vec<&BuiltIn> = plugins::written(document)
        .iter()
        .filter_map(|plugin| plugins::built_in(&plugin.name))
        .collect();
    checker.plugins = plugins;
    checker.keys(document, SERVICE, &[], "");
    checker.custom(document);
    checker.found
}

#[derive(Debug)]
struct Checker {
    policy: Policy,
    /// The built-in plugins that the file uses.
    plugins: Vec<&'static BuiltIn>,
    found: Vec<Diagnostic>,
}

impl Checker {
    /// Reports something that the file may choose not to care about.
    fn say(
        &mut self,
        code: Code,
        message: String,
        span: &Span,
        path: &str,
    ) -> Option<&mut Diagnostic> {
        let severity = self.policy.values?;
        let mut diagnostic = match severity {
            Severity::Error => Diagnostic::error(code, message),
            Severity::Warning => Diagnostic::warning(code, message),
        };
        diagnostic = diagnostic.at(span.clone()).path(path);
        self.found.push(diagnostic);
        self.found.last_mut()
    }

    fn bad(&mut self, node: &Node, path: &str, wants: &str) {
        self.bad_near(node, path, wants, None);
    }

    fn bad_near(&mut self, node: &Node, path: &str, wants: &str, near: Option<&str>) {
        let is = match node.to_text() {
            Some(text) if text.chars().count() <= 60 => format!("`{text}`"),
            _ => node.kind().to_owned(),
        };
        let message = format!("`{path}` must be {wants}, not {is}");
        if let Some(found) = self.say(Code::ConfigBadValue, message, &node.span, path) {
            found.reason = Some(format!("must be {wants}"));
            found.hint = near
                .map(|near| format!("Did you mean `{near}`?"))
                .or_else(|| intrinsics::takes_instead(node));
            found.fix = near.map(|near| write(&node.span, near));
        }
    }

    /// The name that was meant, as long as there are few enough faults for someone to want it.
    fn nearest<'n>(&self, name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        const MOST: usize = 200;
        if self.found.len() > MOST {
            return None;
        }
        nearest::of(name, names)
    }

    fn fit(&mut self, node: &mut Node, shape: &Shape, path: &str) {
        if node.is_null() {
            return;
        }
        if !matches!(shape, Shape::Anything) {
            adapt(node, shape);
        }
        match shape {
            Shape::Anything => {}
            Shape::Either(shapes) => self.either(node, shapes, path),
            Shape::List(item) => match &mut node.content {
                Content::Sequence(nodes) => {
                    for (at, node) in nodes.iter_mut().enumerate() {
                        let here = format!("{path}.{at}");
                        if node.is_null() && !matches!(item, Shape::Anything) {
                            self.bad(node, &here, &said(item));
                        }
                        self.fit(node, item, &here);
                    }
                }
                _ => self.bad(node, path, "a list"),
            },
            Shape::Keys(keys, required) => self.keys(node, keys, required, path),
            Shape::Named(value) => self.named(node, None, value, path),
            Shape::NamedBy(rule, value) => self.named(node, Some(rule), value, path),
            Shape::Event(kinds) => self.event(node, kinds, path),
            _ => {
                if let Some(wants) = unmet(node, shape) {
                    let near = match (shape, node.as_text()) {
                        (Shape::Word(words) | Shape::WordAnyCase(words), Some(text)) => {
                            self.nearest(text, words.iter().copied())
                        }
                        _ => None,
                    };
                    self.bad_near(node, path, &wants, near);
                }
            }
        }
    }

    /// The first shape that fits; else what is wrong with the one that is meant, judged by its kind.
    fn either(&mut self, node: &mut Node, shapes: &[Shape], path: &str) {
        let before = self.found.len();
        // With the check switched off nothing is reported, but values still take the right type.
        let policy = self.policy.values.replace(Severity::Warning);
        let mut meant: Option<(Node, Vec<Diagnostic>)> = None;
        // Shapes of the value's own kind first: a list is not made a text where both may stand.
        let (same, other): (Vec<&Shape>, Vec<&Shape>) =
            shapes.iter().partition(|shape| is_kind(node, shape));
        for (shape, of_its_kind) in same
            .into_iter()
            .map(|shape| (shape, true))
            .chain(other.into_iter().map(|shape| (shape, false)))
        {
            let mut attempt = node.clone();
            self.fit(&mut attempt, shape, path);
            let problems = self.found.split_off(before);
            if problems.is_empty() {
                *node = attempt;
                self.policy.values = policy;
                return;
            }
            if meant.is_none() && of_its_kind {
                meant = Some((attempt, problems));
            }
        }
        self.policy.values = policy;
        let Some((attempt, problems)) = meant else {
            let wants: Vec<String> = shapes.iter().map(said).collect();
            self.bad(node, path, &wants.join(" or "));
            return;
        };
        *node = attempt;
        for mut problem in problems {
            if !matches!(problem.code, Code::NotYetSupported | Code::ConfigDeprecated) {
                let Some(severity) = policy else { continue };
                problem.severity = severity;
            }
            self.found.push(problem);
        }
    }

    fn keys(
        &mut self,
        node: &mut Node,
        keys: &'static [Key],
        required: &[&'static str],
        path: &str,
    ) {
        let span = node.span.clone();
        let Content::Mapping(entries) = &mut node.content else {
            self.bad(node, path, "a mapping");
            return;
        };
        let before = self.found.len();
        for (name, entry) in entries.iter_mut() {
            let here = join(path, name);
            match find(keys, name) {
                Some(key) => self.known(key, entry, &here),
                None if is_function_path(path) => {
                    self.of_plugin(name, entry, &here, path);
                }
                None => self.unknown(name, keys, entry, &here, path),
            }
        }
        without_taken(self.found.get_mut(before..).unwrap_or_default(), entries);
        for must in required {
            let Some(unmet) = required::unmet(must, entries) else {
                continue;
            };
            let message = unmet.said(path);
            let here = join(path, unmet.name());
            if let Some(found) = self.say(Code::ConfigMissingKey, message, &span, &here) {
                found.hint = unmet.hint(keys);
            }
        }
    }

    /// A key of a function that Serverless does not know: a plugin may.
    fn of_plugin(&mut self, name: &str, entry: &mut Entry, here: &str, path: &str) {
        let keys = function::FUNCTION;
        match plugins::of_function_key(name) {
            Some((plugin, key)) if self.plugins.iter().any(|one| std::ptr::eq(*one, plugin)) => {
                self.known(key, entry, here);
            }
            Some((plugin, _)) => {
                let adds = plugin.names.first().copied().unwrap_or_default();
                self.unknown(name, keys, entry, here, path);
                if let Some(found) = self
                    .found
                    .last_mut()
                    .filter(|_| self.policy.values.is_some())
                {
                    found.hint = Some(format!("Add `{adds}`, whose key it is, to `plugins`"));
                    found.fix = None;
                }
            }
            None => self.unknown(name, keys, entry, here, path),
        }
    }

    /// What the plugins read under `custom`.
    fn custom(&mut self, document: &mut Node) {
        let Content::Mapping(entries) = &mut document.content else {
            return;
        };
        let Some(Content::Mapping(custom)) = entries
            .get_mut("custom")
            .map(|entry| &mut entry.node.content)
        else {
            return;
        };
        let plugins = self.plugins.clone();
        let own = [(OWN_NAME, OWN)];
        for (name, shape) in plugins.iter().flat_map(|one| one.custom).chain(&own) {
            if let Some(entry) = custom.get_mut(*name) {
                self.fit(&mut entry.node, shape, &format!("custom.{name}"));
            }
        }
    }

    fn known(&mut self, key: &'static Key, entry: &mut Entry, path: &str) {
        if entry.node.is_null() {
            return;
        }
        self.old(key, entry, path);
        match key.status {
            Status::Supported => self.fit(&mut entry.node, &key.shape, path),
            Status::WithoutEffect(why) => {
                let message = format!("`{path}` has no effect: {why}");
                if key.deprecated.is_none()
                    && let Some(found) = self.say(Code::ConfigDeprecated, message, &entry.key, path)
                {
                    found.severity = Severity::Warning;
                    found.hint = Some("Remove it".to_owned());
                    found.fix = Some(remove(entry));
                }
            }
            Status::Unknown(why) => {
                let message = format!("`{path}` has no effect: {why}");
                if let Some(found) = self.say(Code::ConfigUnknownKey, message, &entry.key, path) {
                    found.reason = Some(format!("no such key: `{}`", key.name));
                    found.hint = Some("Remove it".to_owned());
                    found.fix = Some(remove(entry));
                }
            }
            Status::Refused(..) | Status::Version4 if is_empty(&entry.node) => {}
            Status::Refused(why, instead) => self.found.push(
                Diagnostic::error(Code::NotYetSupported, format!("`{path}` is refused: {why}"))
                    .at(entry.key.clone())
                    .path(path)
                    .reason(key.doc)
                    .hint(instead),
            ),
            Status::Version4 => self.found.push(
                Diagnostic::error(
                    Code::NotYetSupported,
                    format!("`{path}` belongs to version 4 of Serverless, which is not supported"),
                )
                .at(entry.key.clone())
                .path(path)
                .reason(key.doc)
                .hint("Write the service for version 3"),
            ),
        }
    }

    fn old(&mut self, key: &'static Key, entry: &Entry, path: &str) {
        let (Some(old), Some(severity)) = (key.deprecated, self.policy.deprecations) else {
            return;
        };
        let silenced = |code: &String| code == "*" || code == old.code;
        if self.policy.silenced.iter().any(silenced) {
            return;
        }
        let (message, hint) = if old.instead.is_empty() {
            (
                format!("`{path}` is no longer used"),
                "Remove it".to_owned(),
            )
        } else {
            (
                format!("`{path}` is the old spelling of `{}`", old.instead),
                format!(
                    "Write `{}`; `disabledDeprecations: [{}]` hides this",
                    old.instead, old.code
                ),
            )
        };
        let mut diagnostic = Diagnostic::warning(Code::ConfigDeprecated, message)
            .at(entry.key.clone())
            .path(path)
            .hint(hint);
        diagnostic.severity = severity;
        diagnostic.fix = spelled_anew(key.name, old.instead, entry, path);
        self.found.push(diagnostic);
    }

    fn unknown(&mut self, name: &str, keys: &'static [Key], entry: &Entry, here: &str, path: &str) {
        let message = if path.is_empty() {
            format!("there is no key `{name}` at the top of the file")
        } else {
            format!("`{path}` has a key that does not exist: `{name}`")
        };
        // What would be refused or is old is nobody's way out.
        let current = keys
            .iter()
            .filter(|key| key.status == Status::Supported && key.deprecated.is_none());
        let near = self.nearest(name, current.map(|key| key.name));
        if let Some(found) = self.say(Code::ConfigUnknownKey, message, &entry.key, here) {
            found.reason = Some(format!("no such key: `{name}`"));
            found.hint = Some(match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Remove it, or keep values of your own under `custom`".to_owned(),
            });
            found.fix = Some(near.map_or_else(|| remove(entry), |near| write(&entry.key, near)));
        }
    }

    fn named(&mut self, node: &mut Node, rule: Option<&super::Rule>, shape: &Shape, path: &str) {
        let Content::Mapping(entries) = &mut node.content else {
            self.bad(node, path, "a mapping");
            return;
        };
        for (name, entry) in entries.iter_mut() {
            let here = join(path, name);
            if let Some(rule) = rule.filter(|rule| !(rule.holds)(name)) {
                let message = format!("the name `{name}` under `{path}` must be {}", rule.wants);
                if let Some(found) = self.say(Code::ConfigBadValue, message, &entry.key, &here) {
                    found.reason = Some(format!("must be {}", rule.wants));
                }
            }
            self.fit(&mut entry.node, shape, &here);
        }
    }

    fn event(&mut self, node: &mut Node, kinds: &'static [Key], path: &str) {
        let span = node.span.clone();
        let Content::Mapping(entries) = &mut node.content else {
            self.bad(node, path, "an event such as `http: GET /hello`");
            return;
        };
        if entries.is_empty() {
            self.bad(node, path, "an event such as `http: GET /hello`");
            return;
        }
        if let Some((name, entry)) = entries.first()
            && entries.len() == 1
            && entry.node.is_null()
            && let Some(kind) = find(kinds, name)
        {
            self.bad(&entry.node.clone(), &join(path, name), &said(&kind.shape));
            return;
        }
        let before = self.found.len();
        let several = entries.len() > 1;
        let kind = entries.keys().find_map(|name| find(kinds, name));
        if several {
            let names: Vec<&str> = entries.keys().map(String::as_str).collect();
            let message = format!("`{path}` is several events at once: {}", names.join(", "));
            if let Some(found) = self.say(Code::ConfigBadValue, message, &span, path) {
                found.hint = Some(
                    "Begin each event with a `-` of its own; keys of an event stand two levels deeper".to_owned(),
                );
            }
        }
        self.keys(node, kinds, &[], path);
        if let Some(kind) = kind.filter(|_| several) {
            too_far_left(self.found.get_mut(before..).unwrap_or_default(), kind, path);
        }
    }
}

/// Whether a path is that of a function: `functions.<name>`.
fn is_function_path(path: &str) -> bool {
    path.strip_prefix("functions.")
        .is_some_and(|name| !name.contains('.'))
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}
