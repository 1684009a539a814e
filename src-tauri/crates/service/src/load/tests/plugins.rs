//! Plugins that the file names.

use super::{errors, service};
use pilothouse_model::Code;

const HEAD: &str = super::HEAD;

#[test]
fn a_built_in_plugin_is_taken_in_both_forms() {
    service(&format!("{HEAD}plugins:\n  - serverless-offline\n"));
    service(&format!(
        "{HEAD}plugins:\n  modules: [serverless-offline]\n  localPath: ./mine\n"
    ));
}

#[test]
fn another_plugin_is_named_where_it_stands() {
    let found = errors(&format!(
        "{HEAD}plugins:\n  - serverless-offline\n  - serverless-odd\n"
    ));
    assert_eq!(
        found,
        [(
            Code::PluginUnknown,
            "plugins.1".to_owned(),
            "serverless-odd".to_owned()
        )]
    );
}

fn environment(
    text: &str,
    files: &[(&str, &str)],
    variables: &[(&str, &str)],
) -> Vec<(String, serde_json::Value)> {
    use crate::lookup::{Answer, Answers, Lookup};
    use crate::{Options, Request, Step, load};
    let source = pilothouse_model::SourceId::new("serverless.yml");
    let options = Options {
        stage: Some("prod".into()),
        ..Options::default()
    };
    let mut answers = Answers::default();
    for _ in 0..20 {
        let request = Request {
            source: &source,
            text,
            options: &options,
            answers: &answers,
        };
        let wanted = match load(&request).expect("the file is right") {
            Step::Needs(wanted) => wanted,
            Step::Ready(loaded) => {
                return loaded.service.provider.environment.into_iter().collect();
            }
        };
        for lookup in wanted {
            let known = |list: &[(&str, &str)], name: &str| {
                let found = list.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            let found = match &lookup {
                Lookup::File(path) => known(files, path.as_str()),
                Lookup::Environment(name) => known(variables, name),
                _ => None,
            };
            answers.insert(lookup, found.map_or(Answer::Missing, Answer::Found));
        }
    }
    panic!("no end of lookups");
}

fn texts(list: &[(&str, &str)]) -> Vec<(String, serde_json::Value)> {
    let list = list.iter();
    list.map(|(name, value)| ((*name).to_owned(), (*value).into()))
        .collect()
}

const FILES: &[(&str, &str)] = &[
    (
        ".env",
        "A=of-env\nB=$A/b\nC=${NONE:-c}\nPAID=\\$5\nAWS_SECRET_ACCESS_KEY=x\n",
    ),
    (".env.prod", "A=of-prod\nSHELL_HAS=file\n"),
    (".env.dev", "A=of-dev\n"),
];

/// As the plugin itself gave (serverless 3.40 with serverless-dotenv-plugin 6.0.0 on the same files).
#[test]
fn dotenv_gives_functions_what_the_files_hold() {
    let text = format!("{HEAD}plugins: [serverless-dotenv-plugin]\n");
    let found = environment(&text, FILES, &[("SHELL_HAS", "shell")]);
    assert_eq!(
        found,
        texts(&[
            ("A", "of-prod"),
            ("SHELL_HAS", "shell"),
            ("B", "of-prod/b"),
            ("C", "c"),
            ("PAID", "$5"),
        ])
    );
}

#[test]
fn dotenv_keeps_to_its_settings() {
    let with = |settings: &str| {
        let text = format!(
            "{HEAD}plugins: [serverless-dotenv-plugin]\ncustom:\n  dotenv:\n    {settings}\n"
        );
        environment(&text, FILES, &[])
    };
    assert_eq!(with("include: [A]"), texts(&[("A", "of-prod")]));
    assert_eq!(
        with("{path: .env.dev, exclude: [B]}"),
        texts(&[("A", "of-dev")])
    );
    assert_eq!(
        with("{variableExpansion: false, include: [A, B]}"),
        texts(&[("A", "of-env"), ("B", "$A/b")])
    );
}

#[test]
fn dotenv_says_what_is_missing() {
    let text = format!(
        "{HEAD}plugins: [serverless-dotenv-plugin]\ncustom:\n  dotenv:\n    required: {{env: [NOT_THERE], file: true}}\n"
    );
    let found: Vec<(Code, String, String)> = errors(&text);
    let codes: Vec<Code> = found.iter().map(|(code, ..)| *code).collect();
    assert_eq!(
        codes,
        [Code::ConfigMissingKey, Code::ConfigMissingKey],
        "{found:?}"
    );
}

const ROLES: &str =
    "plugins: [serverless-iam-roles-per-function]\nfunctions:\n  a:\n    handler: x.y\n";

#[test]
fn keys_of_a_plugin_are_known_only_with_it() {
    let function = "functions:\n  a:\n    handler: x.y\n    iamRoleStatements: []\n";
    let alone = service(&format!("{HEAD}{function}"));
    let warned = alone.warnings.0.first().expect("a warning");
    assert_eq!(warned.code, Code::ConfigUnknownKey);
    let hint = warned.hint.as_deref().unwrap_or_default();
    assert!(hint.contains("serverless-iam-roles-per-function"), "{hint}");
    let with = service(&format!("{HEAD}{ROLES}    iamRoleStatements: []\n"));
    assert!(with.warnings.0.is_empty(), "{:?}", with.warnings);
}

#[test]
fn a_function_has_its_own_role_or_names_one() {
    let found = errors(&format!(
        "{HEAD}{ROLES}    role: arn:aws:iam::123456789012:role/r\n    iamRoleStatements: []\n"
    ));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "functions.a.role");
}

#[test]
fn capacities_are_numbers_that_fit_each_other() {
    let found = errors(&format!(
        "{HEAD}plugins: [serverless-dynamodb-autoscaling]\ncustom:\n  capacities:\n    - table: T\n      read: {{minimum: 9, maximum: 3, usage: 2}}\n"
    ));
    let paths: Vec<&str> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        ["custom.capacities.0.read", "custom.capacities.0.read.usage"]
    );
}

#[test]
fn a_domain_that_cannot_be_is_refused_with_the_reason() {
    let with = |domain: &str| {
        let text = format!(
            "{HEAD}plugins: [serverless-domain-manager]\ncustom:\n  customDomains:\n    - {domain}\n"
        );
        let found = errors(&text);
        let paths: Vec<String> = found.into_iter().map(|(_, path, _)| path).collect();
        paths
    };
    let at = "custom.customDomains.0";
    assert_eq!(
        with("http: {domainName: a.example.com}"),
        [format!("{at}.http")]
    );
    assert_eq!(
        with("{domainName: a.example.com, autoDomain: true}"),
        [format!("{at}.certificateArn"), format!("{at}.hostedZoneId")]
    );
    assert_eq!(
        with("{domainName: a.example.com, endpointType: PRIVATE}"),
        [format!("{at}.endpointType")]
    );
    let fine = "{domainName: a.example.com, enabled: false, apiType: http}";
    service(&format!(
        "{HEAD}plugins: [serverless-domain-manager]\ncustom:\n  customDomain: {fine}\n"
    ));
}
