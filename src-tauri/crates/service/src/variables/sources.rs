//! Where variables get their values from.

use pilothouse_model::{Code, Diagnostic};

use super::evaluate::{Had, Resolver, Stop, Value};
use crate::document::{self, Content, Node};
use crate::lookup::{Answer, Lookup};
use crate::nearest;

/// A source and its arguments, resolved.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) kind: String,
    pub(super) parameters: Vec<Node>,
    pub(super) address: Option<String>,
}

/// What a source says.
#[derive(Debug)]
pub(super) enum Found {
    /// A value that is not null.
    Value(Value),
    /// Nothing: a fallback may stand in.
    Missing(Missing),
}

/// Why a source has nothing.
#[derive(Debug)]
pub(super) struct Missing {
    pub(super) reason: String,
    pub(super) hint: Option<String>,
}

/// The sources that have values now.
const SOURCES: &[&str] = &[
    "self",
    "opt",
    "env",
    "sls",
    "param",
    "strToBool",
    "file",
    "aws",
    "cf",
    "ssm",
    "s3",
];
/// The peer's other sources, which ask its dashboard.
const LATER: &[&str] = &["output", "outputs", "state"];
/// Variables that hold credentials: no configuration needs them, and templates would publish them.
pub(crate) const CREDENTIALS: &[&str] = &[
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
];
/// Parts of names that promise a secret.
const SECRETIVE: &[&str] = &[
    "SECRET",
    "TOKEN",
    "PASSWORD",
    "PASSWD",
    "PRIVATE_KEY",
    "API_KEY",
    "APIKEY",
    "CREDENTIAL",
];

impl Resolver<'_> {
    pub(super) fn ask(&mut self, asked: &Asked) -> Had<Found> {
        let address = asked.address.as_deref();
        match asked.kind.as_str() {
            "self" => self.ask_self(address.unwrap_or_default()),
            "opt" => Ok(self.ask_options(address)),
            "env" => self.ask_environment(address),
            "sls" => self.ask_run(address),
            "param" => self.ask_parameter(address),
            "strToBool" => self.ask_truth(asked.parameters.first()),
            "file" => self.ask_file(asked),
            "aws" => self.ask_aws(address),
            "cf" => self.ask_stack(asked),
            "ssm" => self.ask_parameter_store(asked),
            "s3" => self.ask_bucket(asked),
            kind => Err(self.report_unknown(kind)),
        }
    }

    fn report_unknown(&mut self, kind: &str) -> Stop {
        let base = kind.split('.').next().unwrap_or(kind);
        if LATER.contains(&base) {
            return self.report(
                Diagnostic::error(
                    Code::NotYetSupported,
                    format!("the variable source `{base}` is not supported yet"),
                )
                .hint("Pass the value with `--param name=value` and use `${param:name}`"),
            );
        }
        let hint = match nearest::of(kind, SOURCES.iter().copied()) {
            Some("cf" | "ssm" | "s3") if base.len() < kind.len() => {
                format!("Write the Region in parentheses: `{base}(eu-west-1):...`")
            }
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("The sources are {}", SOURCES.join(", ")),
        };
        self.report(
            Diagnostic::error(
                Code::VariableUnknownSource,
                format!("there is no variable source `{kind}`"),
            )
            .reason("no such source")
            .hint(hint),
        )
    }

    pub(super) fn need_address<'t>(
        &mut self,
        kind: &str,
        address: Option<&'t str>,
    ) -> Had<&'t str> {
        match address {
            Some(address) if !address.is_empty() => Ok(address),
            _ => Err(self.report(Diagnostic::error(
                Code::VariableSyntax,
                format!("`{kind}:` needs a name behind its colon"),
            ))),
        }
    }

    pub(super) fn text(&self, text: &str) -> Found {
        let node = Node::new(self.place_of_asking(), Content::Text(text.to_owned()));
        Found::Value(Value::Raw(node))
    }

    fn ask_options(&self, address: Option<&str>) -> Found {
        let options = self.context.options;
        let named = [("stage", &options.stage), ("region", &options.region)];
        let Some(name) = address.filter(|name| !name.is_empty()) else {
            let place = self.place_of_asking();
            let all = named
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
                .chain(options.others.clone())
                .map(|(name, value)| {
                    let node = Node::new(place.clone(), Content::Text(value));
                    (
                        name,
                        document::Entry {
                            key: place.clone(),
                            node,
                        },
                    )
                })
                .collect();
            return Found::Value(Value::Done(Node::new(place.clone(), Content::Mapping(all))));
        };
        let value = named
            .into_iter()
            .find(|(known, _)| *known == name)
            .and_then(|(_, value)| value.as_ref())
            .or_else(|| options.others.get(name));
        match value {
            Some(value) => self.text(value),
            None => Found::Missing(Missing {
                reason: format!("`--{name}` is not given"),
                hint: None,
            }),
        }
    }

    fn ask_environment(&mut self, address: Option<&str>) -> Had<Found> {
        let name = self.need_address("env", address)?;
        let upper = name.to_ascii_uppercase();
        if CREDENTIALS.contains(&upper.as_str()) {
            return Err(self.report(
                Diagnostic::error(
                    Code::VariableForbidden,
                    format!("`{name}` is a credential and cannot be part of a configuration"),
                )
                .reason("its value would be written to templates and archives")
                .hint("Give the function a role with the permissions it needs; choose who deploys with `--profile`"),
            ));
        }
        let value = match self.answer(Lookup::Environment(name.to_owned()))? {
            Some(value) => Some(value),
            None => self.ask_dotenv(name)?,
        };
        match value {
            Some(value) => {
                if SECRETIVE.iter().any(|part| upper.contains(part)) {
                    self.warn_secret(name);
                }
                Ok(self.text(&value))
            }
            None => Ok(Found::Missing(Missing {
                reason: format!("the environment variable `{name}` is not set"),
                hint: None,
            })),
        }
    }

    fn warn_secret(&mut self, name: &str) {
        let message = format!("the environment variable `{name}` looks like a secret");
        if self.found.0.iter().any(|found| found.message == message) {
            return;
        }
        self.report(
            Diagnostic::warning(Code::VariableForbidden, message)
                .reason("its value is written to the template, where others can read it")
                .hint("Keep it as a SecureString parameter that the function reads when it runs"),
        );
    }

    /// The answer to a lookup that is a text, which is listed when it has none yet.
    pub(super) fn answer(&mut self, lookup: Lookup) -> Had<Option<String>> {
        match self.answer_of_any_kind(lookup)? {
            Some(Answer::Found(text)) => Ok(Some(text)),
            _ => Ok(None),
        }
    }

    /// The answer to a lookup: a value, or none when there is no such thing.
    pub(super) fn answer_of_any_kind(&mut self, lookup: Lookup) -> Had<Option<Answer>> {
        let answers = self.context.answers;
        match answers.get(&lookup) {
            Some(Answer::Missing) => Ok(None),
            Some(Answer::NeedsConsent { hash }) => Err(self.report_consent(&lookup, hash)),
            Some(Answer::Refused { reason }) => Err(self.report_refused(&lookup, reason.clone())),
            Some(Answer::Failed { code, reason, hint }) => {
                Err(self.report_failed(*code, reason, hint.as_deref()))
            }
            Some(found) => Ok(Some(found.clone())),
            None => {
                if !self.wanted.contains(&lookup) {
                    self.wanted.push(lookup);
                }
                Err(Stop::Waiting)
            }
        }
    }

    fn ask_run(&mut self, address: Option<&str>) -> Had<Found> {
        match self.need_address("sls", address)? {
            "stage" => {
                let stage = self.stage()?;
                Ok(self.text(&stage))
            }
            "instanceId" => Ok(self.text(&self.context.options.instance_id)),
            other => Err(self.report(
                Diagnostic::error(
                    Code::VariableSyntax,
                    format!("`sls:{other}` does not exist"),
                )
                .hint("There are `sls:stage` and `sls:instanceId`"),
            )),
        }
    }

    fn ask_aws(&mut self, address: Option<&str>) -> Had<Found> {
        match self.need_address("aws", address)? {
            "region" => {
                let region = self.region()?;
                Ok(self.text(&region))
            }
            "accountId" => self.ask_account(),
            other => Err(self.report(
                Diagnostic::error(
                    Code::VariableSyntax,
                    format!("`aws:{other}` does not exist"),
                )
                .hint("There are `aws:region` and `aws:accountId`"),
            )),
        }
    }

    fn ask_parameter(&mut self, address: Option<&str>) -> Had<Found> {
        let name = self.need_address("param", address)?;
        if let Some(value) = self.context.options.params.get(name) {
            return Ok(self.text(value));
        }
        let stage = self.stage()?;
        for scope in [stage.as_str(), "default"] {
            let found = self.walk(self.root, &["params", scope, name])?;
            if matches!(found, Found::Value(_)) {
                return Ok(found);
            }
        }
        Ok(Found::Missing(Missing {
            reason: format!("the parameter `{name}` is neither given nor under `params`"),
            hint: Some(format!(
                "Pass `--param {name}=value`, or write it under `params.{stage}` or `params.default`"
            )),
        }))
    }

    fn ask_truth(&mut self, parameter: Option<&Node>) -> Had<Found> {
        let text = parameter.and_then(Node::to_text);
        let truth = match text
            .as_deref()
            .map(|t| t.trim().to_ascii_lowercase())
            .as_deref()
        {
            Some("true" | "1") => true,
            Some("false" | "0") => false,
            _ => {
                return Err(self.report(
                    Diagnostic::error(
                        Code::VariableSyntax,
                        format!("`strToBool` cannot read `{}`", text.unwrap_or_default()),
                    )
                    .hint(
                        "It takes `true`, `false`, `1` or `0`, as in `${strToBool(${opt:flag})}`",
                    ),
                ));
            }
        };
        let node = Node::new(self.place_of_asking(), Content::Bool(truth));
        Ok(Found::Value(Value::Done(node)))
    }
}
