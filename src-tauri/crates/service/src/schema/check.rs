//! Holds a document against the table, and brings its values to the types the table wants.

use pilothouse_model::{Code, Diagnostic, Severity, Span};

use super::{Key, SERVICE, Shape, Status, find};
use crate::document::{Content, Entry, Node};
use crate::nearest;

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
        found: Vec::new(),
    };
    checker.keys(document, SERVICE, &[], "");
    checker.found
}

#[derive(Debug)]
struct Checker {
    policy: Policy,
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
            found.hint = near.map(|near| format!("Did you mean `{near}`?"));
        }
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
                        self.fit(node, item, &format!("{path}.{at}"));
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
                            nearest::of(text, words.iter().copied())
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
        let policy = std::mem::replace(&mut self.policy.values, Some(Severity::Warning));
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

    fn keys(&mut self, node: &mut Node, keys: &'static [Key], required: &[&str], path: &str) {
        let span = node.span.clone();
        let Content::Mapping(entries) = &mut node.content else {
            self.bad(node, path, "a mapping");
            return;
        };
        for (name, entry) in entries.iter_mut() {
            let here = join(path, name);
            match find(keys, name) {
                Some(key) => self.known(key, entry, &here),
                None => self.unknown(name, keys, entry, &here, path),
            }
        }
        for name in required {
            if entries.get(*name).is_none_or(|entry| entry.node.is_null()) {
                let message = if path.is_empty() {
                    format!("`{name}` is missing")
                } else {
                    format!("`{path}` has no `{name}`")
                };
                let here = join(path, name);
                if let Some(found) = self.say(Code::ConfigMissingKey, message, &span, &here) {
                    found.hint = find(keys, name).map(|key| format!("Add `{name}`: {}", key.doc));
                }
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
                }
            }
            Status::NotYet | Status::Version4 if is_empty(&entry.node) => {}
            Status::NotYet => self.found.push(
                Diagnostic::error(
                    Code::NotYetSupported,
                    format!("`{path}` is not supported yet"),
                )
                .at(entry.key.clone())
                .path(path)
                .reason(key.doc)
                .hint("Remove it, or deploy this service with Serverless for now"),
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
        self.found.push(diagnostic);
    }

    fn unknown(&mut self, name: &str, keys: &'static [Key], entry: &Entry, here: &str, path: &str) {
        let place = if path.is_empty() { "the file" } else { path };
        let message = format!("`{place}` has a key that does not exist: `{name}`");
        let near = nearest::of(name, keys.iter().map(|key| key.name));
        if let Some(found) = self.say(Code::ConfigUnknownKey, message, &entry.key, here) {
            found.reason = Some(format!("no such key: `{name}`"));
            found.hint = Some(match near {
                Some(near) => format!("Did you mean `{near}`?"),
                None => "Remove it, or keep values of your own under `custom`".to_owned(),
            });
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
        if entries.len() > 1 {
            let names: Vec<&str> = entries.keys().map(String::as_str).collect();
            let message = format!("`{path}` is several events at once: {}", names.join(", "));
            if let Some(found) = self.say(Code::ConfigBadValue, message, &span, path) {
                found.hint = Some(
                    "Begin each event with a `-` of its own; keys of an event stand two levels deeper".to_owned(),
                );
            }
        }
        self.keys(node, kinds, &[], path);
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn is_empty(node: &Node) -> bool {
    match &node.content {
        Content::Null => true,
        Content::Sequence(nodes) => nodes.is_empty(),
        Content::Mapping(entries) => entries.is_empty(),
        _ => false,
    }
}

/// Whether a value looks like what a shape wants, so that its finer faults are worth telling.
fn is_kind(node: &Node, shape: &Shape) -> bool {
    match shape {
        Shape::Keys(..)
        | Shape::Named(_)
        | Shape::NamedBy(..)
        | Shape::AnyMapping
        | Shape::Event(_) => node.as_mapping().is_some(),
        Shape::Function => is_function(node),
        Shape::List(_) => node.as_sequence().is_some(),
        Shape::Truth => matches!(node.content, Content::Bool(_)),
        Shape::Whole(..) | Shape::WholeOf(_) => matches!(node.content, Content::Number(_)),
        Shape::Either(shapes) => shapes.iter().any(|shape| is_kind(node, shape)),
        Shape::Anything => true,
        Shape::Text | Shape::TextBy(_) | Shape::Word(_) | Shape::WordAnyCase(_) => {
            node.to_text().is_some()
        }
    }
}

/// Brings a value to the type that is wanted, where Serverless does so too.
fn adapt(node: &mut Node, shape: &Shape) {
    let wants_scalar = !matches!(
        shape,
        Shape::List(_)
            | Shape::Keys(..)
            | Shape::Named(_)
            | Shape::NamedBy(..)
            | Shape::AnyMapping
            | Shape::Function
            | Shape::Either(_)
            | Shape::Event(_)
    );
    if wants_scalar
        && let Content::Sequence(nodes) = &mut node.content
        && nodes.len() == 1
        && nodes.first().is_some_and(|node| node.to_text().is_some())
        && let Some(only) = nodes.pop()
    {
        *node = only;
    }
    let text = node.to_text();
    match (shape, text) {
        (Shape::Text | Shape::TextBy(_) | Shape::Word(_) | Shape::WordAnyCase(_), Some(text)) => {
            node.content = Content::Text(text);
        }
        (Shape::Truth, Some(text)) => match text.as_str() {
            "true" | "1" => node.content = Content::Bool(true),
            "false" | "0" => node.content = Content::Bool(false),
            _ => {}
        },
        (Shape::Whole(..) | Shape::WholeOf(_), Some(text)) => {
            if let Some(number) = crate::document::number(text.trim()) {
                node.content = Content::Number(number);
            }
        }
        (Shape::List(_), Some(_)) => {
            let only = node.clone();
            node.content = Content::Sequence(vec![only]);
        }
        _ => {}
    }
}

/// What a simple shape wants, when a value is not that.
fn unmet(node: &Node, shape: &Shape) -> Option<String> {
    let text = node.as_text();
    let whole = match &node.content {
        Content::Number(number) => number.as_i64(),
        _ => None,
    };
    let met = match shape {
        Shape::Text => text.is_some(),
        Shape::TextBy(rule) => text.is_some_and(rule.holds),
        Shape::Word(words) => text.is_some_and(|text| words.contains(&text)),
        Shape::WordAnyCase(words) => {
            text.is_some_and(|text| words.iter().any(|word| word.eq_ignore_ascii_case(text)))
        }
        Shape::Truth => matches!(node.content, Content::Bool(_)),
        Shape::Whole(least, most) => whole.is_some_and(|n| (least..=most).contains(&&n)),
        Shape::WholeOf(numbers) => whole.is_some_and(|n| numbers.contains(&n)),
        Shape::AnyMapping => node.as_mapping().is_some(),
        Shape::Function => is_function(node),
        _ => true,
    };
    (!met).then(|| said(shape))
}

/// Whether a value is a CloudFormation function.
pub(crate) fn is_function(node: &Node) -> bool {
    node.as_mapping().is_some_and(|entries| {
        entries.len() == 1
            && entries
                .keys()
                .all(|name| name == "Ref" || name == "Condition" || name.starts_with("Fn::"))
    })
}

fn said(shape: &Shape) -> String {
    match shape {
        Shape::Anything => "anything".to_owned(),
        Shape::Text => "a text".to_owned(),
        Shape::TextBy(rule) => rule.wants.to_owned(),
        Shape::Word(words) | Shape::WordAnyCase(words) => match words {
            [one] => format!("`{one}`"),
            _ => format!("one of {}", words.join(", ")),
        },
        Shape::Truth => "true or false".to_owned(),
        Shape::Whole(least, most) => format!("a whole number from {least} to {most}"),
        Shape::WholeOf(numbers) => {
            let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
            format!("one of {}", numbers.join(", "))
        }
        Shape::List(_) => "a list".to_owned(),
        Shape::Keys(..) | Shape::Named(_) | Shape::NamedBy(..) | Shape::AnyMapping => {
            "a mapping".to_owned()
        }
        Shape::Function => "a CloudFormation function".to_owned(),
        Shape::Either(shapes) => shapes.iter().map(said).collect::<Vec<_>>().join(" or "),
        Shape::Event(_) => "an event".to_owned(),
    }
}
