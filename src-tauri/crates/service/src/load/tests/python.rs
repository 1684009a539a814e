//! What serverless-python-requirements reads.

use super::{errors, service};

const HEAD: &str = super::HEAD;
const PLUGIN: &str = "plugins: [serverless-python-requirements]\n";

#[test]
fn the_settings_are_read() {
    let text = format!(
        "{HEAD}{PLUGIN}custom:\n  pythonRequirements:\n    fileName: r.txt\n    slim: \"true\"\n    slimPatterns: false\n    noDeploy: [boto3]\n    invalidateCaches: true\n    pipCmdExtraArgs: ['--extra-index-url https://own/simple', --pre, '--platform manylinux2014_x86_64']\nfunctions:\n  a:\n    handler: x.y\n    module: mod\n  b:\n    handler: x.y\n    module: .\n"
    );
    let loaded = service(&text);
    let read = loaded.service.plugins.python.expect("the plugin reads");
    assert_eq!(read.file_name.as_deref(), Some("r.txt"));
    assert!(read.slim && read.refresh && read.slim_patterns.is_empty());
    assert_eq!(
        read.pip_options,
        [
            (
                "--extra-index-url".to_owned(),
                Some("https://own/simple".to_owned())
            ),
            ("--pre".to_owned(), None),
        ]
    );
    let modules: Vec<(&String, &String)> = read.modules.iter().collect();
    assert_eq!(modules, [(&"a".to_owned(), &"mod".to_owned())]);
}

#[test]
fn docker_is_not_needed_and_this_is_said() {
    let loaded = service(&format!(
        "{HEAD}{PLUGIN}custom:\n  pythonRequirements:\n    dockerizePip: non-linux\n"
    ));
    let warned = loaded.warnings.0.first().expect("a warning");
    assert_eq!(
        warned.message,
        "`custom.pythonRequirements.dockerizePip` has no effect: wheels for Lambda are fetched, and Docker is not needed"
    );
}

#[test]
fn what_cannot_be_done_is_named_where_it_stands() {
    let found = errors(&format!(
        "{HEAD}{PLUGIN}custom:\n  pythonRequirements:\n    dockerExtraFiles: [/usr/lib/x.so]\n    pipCmdExtraArgs: [--no-build-isolation]\n    slim: perhaps\n"
    ));
    let paths: Vec<&str> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "custom.pythonRequirements.dockerExtraFiles",
            "custom.pythonRequirements.pipCmdExtraArgs.0",
            "custom.pythonRequirements.slim",
        ]
    );
}

#[test]
fn without_the_plugin_its_keys_mean_nothing() {
    let loaded = service(&format!(
        "{HEAD}custom:\n  pythonRequirements:\n    slim: perhaps\n"
    ));
    assert!(loaded.service.plugins.python.is_none());
}
