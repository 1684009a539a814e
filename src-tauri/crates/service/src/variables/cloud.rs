//! Values that AWS knows: `${cf:}`, `${ssm:}`, `${s3:}`, `${aws:accountId}`.
//!
//! A secret's value is never asked for. What stands in its place is a reference that CloudFormation replaces when
//! it makes the resource, so that no template, file or message holds the value.

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic};

use super::evaluate::{Had, Resolver, Stop, Value};
use super::secrets;
use super::sources::{Asked, Found, Missing};
use crate::document::{Content, Entry, Node};
use crate::lookup::{Answer, CloudLookup, Lookup, Question, Secret};

/// Parameters of this path are secrets of Secrets Manager.
const STORED_SECRETS: &str = "/aws/reference/secretsmanager/";

/// How a parameter is wanted.
#[derive(Debug, Default)]
struct Wanted {
    raw: bool,
    as_kept: bool,
    region: Option<String>,
}

impl Resolver<'_> {
    pub(super) fn ask_stack(&mut self, asked: &Asked) -> Had<Found> {
        let address = self.need_address("cf", asked.address.as_deref())?;
        let Some((stack, output)) = address.split_once('.') else {
            return Err(self.bad_address("cf", address, "stack.output"));
        };
        let region = asked.parameters.first().and_then(Node::to_text);
        let question = Question::Output {
            stack: stack.to_owned(),
            output: output.to_owned(),
        };
        self.ask_cloud(question, region)
    }

    pub(super) fn ask_bucket(&mut self, asked: &Asked) -> Had<Found> {
        let address = self.need_address("s3", asked.address.as_deref())?;
        let Some((bucket, key)) = address.split_once('/') else {
            return Err(self.bad_address("s3", address, "bucket/key"));
        };
        let question = Question::Object {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
        };
        self.ask_cloud(question, None)
    }

    pub(super) fn ask_account(&mut self) -> Had<Found> {
        self.ask_cloud(Question::Account, None)
    }

    pub(super) fn ask_parameter_store(&mut self, asked: &Asked) -> Had<Found> {
        let name = self
            .need_address("ssm", asked.address.as_deref())?
            .to_owned();
        let mut wanted = Wanted::default();
        for word in asked.parameters.iter().filter_map(Node::to_text) {
            match word.as_str() {
                "raw" => wanted.raw = true,
                "noDecrypt" => wanted.as_kept = true,
                // Says what is done anyway.
                "decrypt" => {}
                _ if wanted.region.is_none() => wanted.region = Some(word),
                _ => {}
            }
        }
        let stored = name.strip_prefix(STORED_SECRETS).map(str::to_owned);
        let question = match &stored {
            Some(id) => Question::Secret(without_selector(id).0.to_owned()),
            None if wanted.as_kept => Question::KeptParameter(name.clone()),
            None => Question::Parameter(name.clone()),
        };
        let region = wanted.region.clone();
        let lookup = self.lookup(question, region)?;
        let elsewhere = lookup.region != self.region()?;
        let what = lookup.question.to_string();
        match self.answer_of_any_kind(Lookup::Cloud(lookup))? {
            None => Ok(missing(&what)),
            Some(Answer::Secret(_)) if elsewhere => Err(self.report_elsewhere(&what)),
            Some(Answer::Secret(secret)) => {
                self.reference(&name, stored.as_deref(), &secret, &wanted)
            }
            Some(Answer::Listed(texts)) if !wanted.raw => Ok(self.list(texts)),
            Some(Answer::Listed(texts)) => Ok(self.text(&texts.join(","))),
            Some(Answer::Found(text)) => Ok(self.text(&text)),
            Some(_) => Ok(missing(&what)),
        }
    }

    fn ask_cloud(&mut self, question: Question, region: Option<String>) -> Had<Found> {
        let lookup = self.lookup(question, region)?;
        let what = lookup.question.to_string();
        match self.answer(Lookup::Cloud(lookup))? {
            Some(text) => Ok(self.text(&text)),
            None => Ok(missing(&what)),
        }
    }

    fn lookup(&mut self, question: Question, region: Option<String>) -> Had<CloudLookup> {
        let region = match region {
            Some(region) => region,
            None => self.region()?,
        };
        if !is_region(&region) {
            return Err(self.report(
                Diagnostic::error(
                    Code::VariableSyntax,
                    format!("`{region}` is not a Region that can be asked"),
                )
                .reason("no Region")
                .hint("A Region is written like `eu-west-1`"),
            ));
        }
        let named = self.context.options.others.get("aws-profile").cloned();
        let profile = match named {
            Some(named) => Some(named),
            None => {
                Some(self.written(&["provider", "profile"], "")?).filter(|name| !name.is_empty())
            }
        };
        Ok(CloudLookup {
            region,
            profile,
            question,
        })
    }

    fn bad_address(&mut self, kind: &str, address: &str, form: &str) -> Stop {
        self.report(
            Diagnostic::error(
                Code::VariableSyntax,
                format!("`{address}` is not what `{kind}:` takes"),
            )
            .reason(format!("`{kind}:` takes {form}"))
            .hint(format!("Write `${{{kind}:{form}}}`")),
        )
    }

    fn list(&self, texts: Vec<String>) -> Found {
        let place = self.place_of_asking();
        let nodes = texts
            .into_iter()
            .map(|text| Node::new(place.clone(), Content::Text(text)))
            .collect();
        Found::Value(Value::Raw(Node::new(
            place.clone(),
            Content::Sequence(nodes),
        )))
    }

    /// What stands in the configuration for a secret.
    fn reference(
        &mut self,
        name: &str,
        stored: Option<&str>,
        secret: &Secret,
        wanted: &Wanted,
    ) -> Had<Found> {
        let text = match (secret, stored) {
            (Secret::Stored { keys: Some(keys) }, Some(id)) if !wanted.raw => {
                return self.references(id, keys);
            }
            (_, Some(id)) => secrets::of_stored(id, ""),
            (Secret::Parameter { version }, None) if secrets::is_plain_name(name) => {
                secrets::of_parameter(name.split(':').next().unwrap_or(name), *version)
            }
            _ => {
                return Err(self.report(
                    Diagnostic::error(
                        Code::SecretMisplaced,
                        format!("CloudFormation cannot refer to the SecureString `{name}`"),
                    )
                    .reason("a secret of another account, or a name with other letters than A-Z, a-z, 0-9, `_.-/`")
                    .hint(secrets::READ_AT_RUN_TIME),
                ));
            }
        };
        self.secrets.insert(text.clone());
        let node = Node::new(self.place_of_asking(), Content::Text(text));
        Ok(Found::Value(Value::Done(node)))
    }

    /// A secret that is a JSON object, as an object of references.
    fn references(&mut self, id: &str, keys: &[(String, bool)]) -> Had<Found> {
        let place = self.place_of_asking();
        let mut mapping = IndexMap::new();
        for (key, is_plain) in keys {
            if !is_plain || !secrets::is_plain_key(key) {
                return Err(self.report(
                    Diagnostic::error(
                        Code::SecretMisplaced,
                        format!("CloudFormation cannot refer to `{key}` in the secret `{id}`"),
                    )
                    .reason("it refers to plain values of a secret by plain names alone")
                    .hint(
                        "Take the whole secret as a text: `${ssm(raw):...}`, or flatten its JSON",
                    ),
                ));
            }
            let text = secrets::of_stored(id, key);
            self.secrets.insert(text.clone());
            let node = Node::new(place.clone(), Content::Text(text));
            let entry = Entry {
                key: place.clone(),
                node,
            };
            mapping.insert(key.clone(), entry);
        }
        Ok(Found::Value(Value::Done(Node::new(
            place,
            Content::Mapping(mapping),
        ))))
    }

    fn report_elsewhere(&mut self, what: &str) -> Stop {
        self.report(
            Diagnostic::error(
                Code::SecretMisplaced,
                format!("{what} is a secret of another Region than the stack's"),
            )
            .reason("CloudFormation refers to secrets of the stack's own Region alone")
            .hint(
                "Keep a copy of it in the stack's Region, or let the function read it when it runs",
            ),
        )
    }
}

fn missing(what: &str) -> Found {
    Found::Missing(Missing {
        reason: format!("{what} does not exist"),
        hint: None,
    })
}

/// What may become part of an address on the network.
fn is_region(text: &str) -> bool {
    let is_part =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (1..=40).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(is_part)
}

/// The name of a secret, and the version or stage behind its colon.
pub(super) fn without_selector(id: &str) -> (&str, Option<&str>) {
    match id.split_once(':') {
        Some((name, selector)) if name != "arn" => (name, Some(selector)),
        _ => (id, None),
    }
}
