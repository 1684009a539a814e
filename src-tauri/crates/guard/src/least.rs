//! The least that somebody needs to read parameters: what is said is what may be read, and nothing beside it.

use thiserror::Error;

use crate::arn::{Arn, domain, is_account};
use crate::condition::{Comparison, Operator};
use crate::policy::{Condition, Statement, Test};
use crate::text::Texts;

/// The ARN of a parameter, by its name.
pub fn parameter_arn(partition: &str, region: &str, account: &str, name: &str) -> String {
    let slash = if name.starts_with('/') { "" } else { "/" };
    format!("arn:{partition}:ssm:{region}:{account}:parameter{slash}{name}")
}

/// What shall be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The ARN of one parameter, or of a path (`...:parameter/shop/prod`).
    pub arn: String,
    /// Whether everything below the path is meant.
    pub below: bool,
    /// The ARN of the key of one's own that it is encrypted under; none for plain parameters, and for AWS's own key
    /// of Parameter Store, which every identity of the account may use through it.
    pub key: Option<String>,
}

impl Wanted {
    /// One parameter.
    pub fn parameter(arn: impl Into<String>, key: Option<&str>) -> Self {
        Self {
            arn: arn.into(),
            below: false,
            key: key.map(str::to_owned),
        }
    }

    /// Everything below a path.
    pub fn path(arn: impl Into<String>, key: Option<&str>) -> Self {
        Self {
            below: true,
            ..Self::parameter(arn, key)
        }
    }

    /// The resources that reading it asks for.
    fn resources(&self) -> Vec<String> {
        if self.below {
            vec![self.arn.clone(), format!("{}/*", self.arn)]
        } else {
            vec![self.arn.clone()]
        }
    }

    fn parts(&self) -> Result<Arn<'_>, LeastProblem> {
        let arn = Arn::of(&self.arn).filter(|arn| {
            arn.service == "ssm"
                && is_account(arn.account)
                && !arn.region.is_empty()
                && arn
                    .resource
                    .strip_prefix("parameter/")
                    .is_some_and(|name| !name.is_empty())
        });
        let plain = arn.filter(|_| !self.arn.contains(['*', '?', '$']) && !self.arn.ends_with('/'));
        plain.ok_or_else(|| LeastProblem::Parameter(self.arn.clone()))
    }
}

/// Why least statements cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LeastProblem {
    /// No ARN of one parameter or path.
    #[error(
        "`{0}` is no ARN of a parameter or path. Write `arn:aws:ssm:REGION:ACCOUNT:parameter/NAME`, without wildcards or a slash at the end."
    )]
    Parameter(String),
    /// No ARN of a key.
    #[error(
        "`{0}` is no ARN of a key. Write `arn:aws:kms:REGION:ACCOUNT:key/ID`: an alias can be pointed at another key."
    )]
    Key(String),
    /// A key of elsewhere.
    #[error(
        "the key `{key}` is of another region than the parameter `{parameter}`. Parameter Store uses keys of its own region only."
    )]
    Elsewhere {
        /// The key.
        key: String,
        /// The parameter.
        parameter: String,
    },
}

/// The statements that let an identity read these and nothing else: the reading, and decrypting what Parameter Store
/// hands over, key by key.
///
/// # Errors
/// When an ARN is none, or would mean more than one thing.
pub fn least_statements(wanted: &[Wanted]) -> Result<Vec<Statement>, LeastProblem> {
    for one in wanted {
        check(one)?;
    }
    let (below, single): (Vec<&Wanted>, Vec<&Wanted>) = wanted.iter().partition(|one| one.below);
    let mut statements = Vec::new();
    let resources = |list: &[&Wanted]| {
        let mut all = Vec::new();
        for resource in list.iter().flat_map(|one| one.resources()) {
            if !all.contains(&resource) {
                all.push(resource);
            }
        }
        all
    };
    if !single.is_empty() {
        let actions = Texts::list(["ssm:GetParameter", "ssm:GetParameters"]);
        statements.push(
            Statement::allow(actions, Some(Texts::of(resources(&single)))).named("ReadParameters"),
        );
    }
    if !below.is_empty() {
        let actions = Texts::list([
            "ssm:GetParameter",
            "ssm:GetParameters",
            "ssm:GetParametersByPath",
        ]);
        statements
            .push(Statement::allow(actions, Some(Texts::of(resources(&below)))).named("ReadPaths"));
    }
    for (list, like) in [(&single, false), (&below, true)] {
        let mut keys: Vec<&str> = Vec::new();
        for key in list.iter().filter_map(|one| one.key.as_deref()) {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        for (at, key) in keys.iter().enumerate() {
            let under: Vec<&Wanted> = list
                .iter()
                .copied()
                .filter(|one| one.key.as_deref() == Some(key))
                .collect();
            let number = if at == 0 {
                String::new()
            } else {
                (at + 1).to_string()
            };
            let sid = format!(
                "Decrypt{}{number}",
                if like { "Paths" } else { "Parameters" }
            );
            statements.push(decrypt(key, &under, like).named(&sid));
        }
    }
    Ok(statements)
}

fn check(one: &Wanted) -> Result<(), LeastProblem> {
    let arn = one.parts()?;
    let Some(key) = &one.key else {
        return Ok(());
    };
    let parts = Arn::of(key).filter(|key| key.service == "kms" && key.resource.starts_with("key/"));
    let parts = parts
        .filter(|_| !key.contains(['*', '?', '$']))
        .ok_or_else(|| LeastProblem::Key(key.clone()))?;
    if parts.region != arn.region || parts.partition != arn.partition {
        return Err(LeastProblem::Elsewhere {
            key: key.clone(),
            parameter: one.arn.clone(),
        });
    }
    Ok(())
}

/// Decrypting under a key, only for Parameter Store and only what belongs to these parameters.
fn decrypt(key: &str, under: &[&Wanted], like: bool) -> Statement {
    let (partition, region) = Arn::of(key).map_or(("aws", ""), |arn| (arn.partition, arn.region));
    let via = format!("ssm.{region}.{}", domain(partition));
    let arns: Vec<String> = under
        .iter()
        .map(|one| {
            if like {
                format!("{}/*", one.arn)
            } else {
                one.arn.clone()
            }
        })
        .collect();
    let context = (
        "kms:EncryptionContext:PARAMETER_ARN".to_owned(),
        Texts::of(arns),
    );
    let equals = Test {
        operator: Operator::STRING_EQUALS,
        keys: vec![("kms:ViaService".to_owned(), Texts::of([via]))],
    };
    let tests = if like {
        let operator = Operator {
            comparison: Comparison::Like { not: false },
            ..Operator::STRING_EQUALS
        };
        vec![
            equals,
            Test {
                operator,
                keys: vec![context],
            },
        ]
    } else {
        let mut equals = equals;
        equals.keys.push(context);
        vec![equals]
    };
    Statement::allow(Texts::of(["kms:Decrypt"]), Some(Texts::of([key]))).when(Condition::All(tests))
}
