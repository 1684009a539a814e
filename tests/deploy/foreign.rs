//! Plugins of others, run by consent in the project's own Serverless: three real ones from npm.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use crate::world::World;

const SERVICE: &str = "service: foreign
provider: {name: aws, runtime: nodejs20.x, region: us-east-1}
package: {patterns: ['!**', 'handler.js']}
plugins: [serverless-plugin-log-subscription, serverless-plugin-aws-alerts, serverless-step-functions]
custom:
  logSubscription: {enabled: true, destinationArn: 'arn:aws:logs:us-east-1:123456789012:destination:all', filterPattern: ''}
  alerts: {alarms: [functionErrors], topics: {alarm: {topic: alarms}}}
stepFunctions: {stateMachines: {steps: {definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}}}}
functions: {hello: {handler: handler.hello}}
";

/// A project whose packages are installed above it, as in a repository of several services.
fn world() -> World {
    let world = World::new();
    let installed =
        pilothouse_tests::installed_by_npm("foreign/peer", "foreign/1", "node_modules/serverless");
    let packages = installed.parent().expect("a folder").to_path_buf();
    std::os::unix::fs::symlink(packages, world.place().join("node_modules")).expect("a link");
    world.write("serverless.yml", SERVICE);
    world.write(
        "handler.js",
        "exports.hello = async () => ({ said: 'hello' });\n",
    );
    world
}

fn results(world: &World) -> PathBuf {
    world.project().join(".serverless")
}

/// A template without the moment that its files are named after.
fn template(folder: &std::path::Path) -> Value {
    let name = "cloudformation-template-update-stack.json";
    let text = std::fs::read_to_string(folder.join(name)).expect("a template");
    let mut template: Value = serde_json::from_str(&text).expect("JSON");
    let resources = template["Resources"].as_object_mut().expect("resources");
    for resource in resources.values_mut() {
        if let Some(key) = resource.pointer_mut("/Properties/Code/S3Key") {
            *key = key.as_str().and_then(|key| key.rsplit('/').next()).into();
        }
    }
    template
}

#[test]
fn nothing_runs_before_somebody_consents_to_this_very_content() {
    let world = world();
    let error = world
        .run(&["package", "--json"])
        .failed_with("CONSENT_NEEDED")
        .error();
    assert!(!results(&world).exists(), "nothing ran");
    let title = error["error"]["title"].as_str().expect("a title");
    for plugin in [
        "serverless-plugin-log-subscription 2.2.0",
        "serverless-plugin-aws-alerts",
        "serverless-step-functions 3.21.0",
    ] {
        assert!(title.contains(plugin), "{title}");
    }
    let hint = error["error"]["hints"][0].as_str().expect("a hint");
    let hash = hint.rsplit(' ').next().expect("a hash").to_owned();
    world
        .run(&["package", "--allow-code", &hash, "--json"])
        .well();
    world.write("handler.js", "exports.hello = async () => 1;\n");
    world
        .run(&["package", "--allow-code", &hash, "--json"])
        .failed_with("CONSENT_NEEDED");
}

#[test]
fn what_the_plugins_make_is_what_serverless_packages_and_stands_in_the_sandbox() {
    let world = world();
    let allowed = ["--allow-code", "all"];
    world.run(&["package", "--allow-code", "all"]).well();
    let ours = template(&results(&world));

    let home = world.place().join("peer-home");
    std::fs::create_dir_all(&home).expect("a folder");
    let status = Command::new("node")
        .arg(
            world
                .place()
                .join("node_modules/serverless/bin/serverless.js"),
        )
        .args(["package", "--package", "by-hand"])
        .current_dir(world.project())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", &home)
        .env("AWS_ACCESS_KEY_ID", "none")
        .env("AWS_SECRET_ACCESS_KEY", "none")
        .env("SLS_TELEMETRY_DISABLED", "1")
        .output()
        .expect("node starts")
        .status;
    assert!(status.success());
    assert_eq!(ours, template(&world.project().join("by-hand")));
    let resources = ours["Resources"].as_object().expect("resources");
    for kind in [
        "AWS::Logs::SubscriptionFilter",
        "AWS::CloudWatch::Alarm",
        "AWS::StepFunctions::StateMachine",
    ] {
        assert!(
            resources.values().any(|resource| resource["Type"] == kind),
            "{kind}"
        );
    }

    // The destination of the log is of another account: the local AWS does not have it.
    let less = SERVICE
        .replace("serverless-plugin-log-subscription, ", "")
        .replace("  logSubscription:", "  unused:");
    world.write("serverless.yml", &less);
    world.deploy(&allowed).well();
    let said = world.run(&["invoke", "hello", "--sandbox", "--json"]);
    assert_eq!(said.well().json()["answer"]["said"], "hello");
    let again = world.deploy(&allowed).well();
    assert!(again.out.contains("No changes"), "{}", again.out);
    world.run(&["remove", "--sandbox", "--yes"]).well();
}

#[test]
fn a_plugin_or_a_serverless_that_is_not_installed_is_named() {
    let world = World::new();
    let service = "service: foreign\nprovider: {name: aws, runtime: nodejs20.x}\nplugins: [serverless-nope]\nfunctions: {hello: {handler: handler.hello}}\n";
    world.write("serverless.yml", service);
    let said = world.run(&["package", "--allow-code", "all", "--json"]);
    let error = said.failed_with("PLUGIN_UNKNOWN").error();
    assert!(error.to_string().contains("serverless-nope"), "{error}");

    world.write(
        "node_modules/serverless-nope/package.json",
        "{\"version\": \"1.0.0\"}",
    );
    world.write(
        "node_modules/serverless/package.json",
        "{\"version\": \"4.1.0\"}",
    );
    let said = world.run(&["package", "--allow-code", "all", "--json"]);
    let error = said.failed_with("PLUGIN_UNKNOWN").error();
    assert!(
        error.to_string().contains("npm install --save-dev osls"),
        "{error}"
    );
}
