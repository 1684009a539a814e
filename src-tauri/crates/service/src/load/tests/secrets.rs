//! Where a secret may stand.

use super::*;
use crate::lookup::Secret;

/// Loads with every parameter a SecureString.
fn load_secret(text: &str) -> Result<Box<Loaded>, Rejected> {
    let source = SourceId::new("serverless.yml");
    let options = Options::default();
    let mut answers = Answers::default();
    loop {
        let request = Request {
            source: &source,
            text,
            options: &options,
            answers: &answers,
        };
        match load(&request)? {
            Step::Ready(loaded) => return Ok(loaded),
            Step::Needs(lookups) => {
                for lookup in lookups {
                    answers.insert(lookup, Answer::Secret(Secret::Parameter { version: 1 }));
                }
            }
        }
    }
}

#[test]
fn a_secure_string_stands_where_cloudformation_takes_one_and_nowhere_else() {
    let database = |property: &str| {
        format!(
            "{HEAD}custom: {{password: '${{ssm:/db}}'}}\nresources:\n  Resources:\n    Db:\n      Type: AWS::RDS::DBInstance\n      Properties:\n        {property}: ${{self:custom.password}}\n"
        )
    };
    let loaded = load_secret(&database("MasterUserPassword")).expect("it is taken there");
    assert_eq!(
        loaded.resolved.to_json()["resources"]["Resources"]["Db"]["Properties"]["MasterUserPassword"],
        "{{resolve:ssm-secure:/db:1}}"
    );
    for (text, path) in [
        (
            database("DBName"),
            "resources.Resources.Db.Properties.DBName",
        ),
        (
            format!("{HEAD}  environment: {{A: 'x ${{ssm:/db}}'}}\n"),
            "provider.environment.A",
        ),
        (
            format!("{HEAD}resources:\n  - Outputs: {{O: {{Value: '${{ssm:/db}}'}}}}\n"),
            "resources.Outputs.O.Value",
        ),
        (
            format!(
                "{HEAD}functions: {{a: {{handler: h.a, environment: {{A: '${{ssm:/db}}'}}}}}}\n"
            ),
            "functions.a.environment.A",
        ),
    ] {
        let rejected = load_secret(&text).expect_err(path);
        let found: Vec<_> = rejected
            .diagnostics
            .0
            .iter()
            .map(|d| (d.code, d.path.as_deref()))
            .collect();
        assert_eq!(found, [(Code::SecretMisplaced, Some(path))]);
    }
}
