//! What serverless-esbuild reads.

use serde_json::json;

use super::{errors, service};

const HEAD: &str = super::HEAD;
const PLUGIN: &str = "plugins: [serverless-esbuild]\n";

#[test]
fn the_plugins_settings_are_told_apart_from_those_of_esbuild() {
    let text = format!(
        "{HEAD}{PLUGIN}custom:\n  esbuild:\n    minify: \"true\"\n    target: node20\n    external: [sharp, aws-sdk]\n    packager: yarn\n    outputFileExtension: .mjs\n    format: esm\n    packagePath: sub/package.json\nfunctions:\n  a: {{handler: a.b, skipEsbuild: true}}\n  b: {{handler: a.b, esbuildEntrypoint: c.d}}\n"
    );
    let loaded = service(&text);
    let read = loaded.service.plugins.esbuild.expect("the plugin reads");
    let options = json!({"minify": true, "target": "node20", "format": "esm"});
    assert_eq!(json!(read.options), options);
    assert_eq!(read.packed(), ["sharp"]);
    assert!(read.makes_es_modules() && read.skipped.contains("a"));
    assert_eq!(read.ending.as_deref(), Some(".mjs"));
    assert_eq!(read.entries["b"], "c.d");
    let warned: Vec<&str> = loaded
        .warnings
        .0
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(
        warned,
        [
            "`custom.esbuild.packager` has no effect: packages are taken from `node_modules` as they are installed, and \
             nothing is installed for an archive"
        ]
    );
}

#[test]
fn settings_that_name_code_leave_the_work_to_the_plugin() {
    for key in ["plugins", "config"] {
        let found = errors(&format!(
            "{HEAD}{PLUGIN}custom:\n  esbuild:\n    {key}: own.js\n"
        ));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].1, "plugins.0");
    }
    let own = format!("{HEAD}custom:\n  pilothouse:\n    esbuild:\n      plugins: own.js\n");
    assert_eq!(errors(&own)[0].1, "custom.pilothouse.esbuild.plugins");
}

#[test]
fn code_is_bundled_without_the_plugin_when_the_file_says_so() {
    let of = |value: &str| {
        let text = format!("{HEAD}custom:\n  pilothouse:\n    esbuild: {value}\n");
        service(&text).service.plugins.esbuild
    };
    assert!(of("false").is_none());
    assert_eq!(of("true").expect("bundled").exclude, ["aws-sdk"]);
    let read = of("{sourcemap: linked, exclude: []}").expect("bundled");
    assert_eq!(json!(read.options), json!({"sourcemap": "linked"}));
    assert!(read.exclude.is_empty());
    let text = format!("{HEAD}custom:\n  esbuild:\n    minify: perhaps\n");
    assert!(service(&text).service.plugins.esbuild.is_none());
}
