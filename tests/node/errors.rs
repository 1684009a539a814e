//! What is told when code cannot be bundled, and what runs before anybody consented: nothing of the project.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use serde_json::Value;

use crate::place::{Place, peers};

const SERVICE: &str = "service: wrong\nprovider: {name: aws, runtime: nodejs22.x}\nplugins: [serverless-esbuild]\n\
                       functions:\n  a: {handler: src/a.main}\n";

fn error(place: &Place, words: &[&str]) -> Value {
    let output = place.run(words);
    assert_eq!(
        output.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    serde_json::from_slice(&output.stderr)
        .unwrap_or_else(|_| panic!("not JSON: {}", String::from_utf8_lossy(&output.stderr)))
}

const PACKAGE: &[&str] = &["package", "--allow-code", "all", "--json"];

#[test]
fn what_is_wrong_in_the_code_is_told_with_its_place_and_checking_bundles_nothing() {
    let place = Place::new(&[
        ("serverless.yml", SERVICE),
        (
            "src/a.ts",
            "import { gone } from 'not-there';\n// ä ö\nimport './missing';\nexport const main = () => gone;\n",
        ),
    ]);
    let said = error(&place, PACKAGE);
    assert_eq!(said["error"]["code"], "BUNDLE_FAILED", "{said:#}");
    let found = said["error"]["diagnostics"].as_array().expect("findings");
    assert_eq!(found.len(), 2, "{said:#}");
    let of = |text: &str| {
        let mut all = found.iter();
        all.find(|one| one["message"].to_string().contains(text))
            .expect("a finding")
    };
    let package = of("not-there");
    assert_eq!(package["at"]["file"], "src/a.ts");
    assert_eq!(
        (
            package["at"]["line"].as_u64(),
            package["at"]["column"].as_u64()
        ),
        (Some(1), Some(22))
    );
    assert!(
        package["hint"].to_string().contains("Install `not-there`"),
        "{package}"
    );
    assert_eq!(of("./missing")["at"]["line"], 3);
    assert!(
        !place
            .project()
            .join(".pilothouse")
            .join("wrong.zip")
            .exists()
    );
    assert!(
        !place.project().join(".esbuild").exists(),
        "nothing is written into the project"
    );

    let output = place.run(&["package", "--allow-code", "all"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("src/a.ts:1:22"), "{told}");

    let output = place.run(&["check"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    place.write(
        "src/a.ts",
        "export const main = () => {\n  const x = ;\n};\n",
    );
    let said = error(&place, PACKAGE);
    let found = &said["error"]["diagnostics"][0];
    assert_eq!(found["at"]["line"], 2, "{said:#}");
    assert_eq!(found["message"], "Unexpected \";\"");

    place.write(
        "serverless.yml",
        &SERVICE.replace("src/a.main", "src/b.main"),
    );
    let said = error(&place, PACKAGE);
    assert_eq!(said["error"]["code"], "BUNDLE_SETTING", "{said:#}");
    place.write(
        "serverless.yml",
        &SERVICE.replace(
            "functions:",
            "custom: {esbuild: {loader: {.x: nope}}}\nfunctions:",
        ),
    );
    place.write("src/a.ts", "export const main = 1;\n");
    let said = error(&place, PACKAGE);
    assert_eq!(said["error"]["code"], "BUNDLE_FAILED", "{said:#}");
    assert!(said.to_string().contains("nope"), "{said:#}");
}

/// A folder for the PATH with an npm that is a script.
fn npm(place: &Place, script: &str) -> PathBuf {
    let folder = place.project().join("../programs");
    std::fs::create_dir_all(&folder).expect("a folder");
    let npm = folder.join("npm");
    std::fs::write(&npm, format!("#!/bin/sh\n{script}\n")).expect("a script");
    std::fs::set_permissions(&npm, std::fs::Permissions::from_mode(0o755)).expect("a mode");
    folder
}

fn run_with(place: &Place, programs: &std::path::Path, words: &[&str]) -> std::process::Output {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut paths = vec![programs.to_path_buf()];
    paths.extend(std::env::split_paths(&path));
    let home = place.project().join("../home");
    pilothouse_tests::pilothouse(&home)
        .args(words)
        .arg("--dir")
        .arg(place.project())
        .env("PATH", std::env::join_paths(paths).expect("a path"))
        .env("AWS_SECRET_ACCESS_KEY", "of-the-user")
        .output()
        .expect("the command starts")
}

#[test]
fn esbuild_comes_from_the_registry_and_the_projects_copy_runs_by_consent_alone() {
    let place = Place::new(&[
        ("serverless.yml", SERVICE),
        ("src/a.js", "exports.main = () => 1;\n"),
    ]);
    let broken = npm(&place, "echo 'npm error network is down' >&2; exit 1");
    let output = run_with(&place, &broken, &["package", "--json"]);
    let said: Value = serde_json::from_slice(&output.stderr).expect("JSON");
    assert_eq!(said["error"]["code"], "BUNDLE_TOOL", "{said:#}");
    assert!(
        said["error"]["detail"]
            .to_string()
            .contains("network is down"),
        "{said:#}"
    );
    let hints = said["error"]["hints"].as_array().expect("hints");
    let hash = hints[1]
        .as_str()
        .expect("a hint")
        .rsplit(' ')
        .next()
        .expect("a hash")
        .to_owned();
    assert_eq!(hash.len(), 64, "{hints:?}");
    let output = run_with(&place, &broken, &["package", "--allow-code", &hash]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );

    // An npm that notes what it is given, and has the package at hand.
    let installed = peers();
    let script = format!(
        "echo \"$@\" > ../../../told; env >> ../../../told; cat package.json >> ../../../told; mkdir node_modules\n\
         cp -r {0}/esbuild {0}/@esbuild node_modules/",
        installed.display()
    );
    let sound = npm(&place, &script);
    let output = run_with(&place, &sound, &["package"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let told = std::fs::read_to_string(place.project().join("../home/told")).expect("told");
    assert!(told.starts_with("install --ignore-scripts"), "{told}");
    assert!(
        told.contains("\"esbuild\":\"0.25.12\"") && !told.contains("of-the-user"),
        "{told}"
    );
    // It is kept: npm is not needed again.
    let broken = npm(&place, "exit 1");
    let output = run_with(&place, &broken, &["package"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn settings_that_are_code_go_to_the_plugin_itself_and_others_are_refused_with_the_way_out() {
    let code = SERVICE.replace(
        "functions:",
        "custom: {esbuild: {plugins: plugins.js}}\nfunctions:",
    );
    let place = Place::new(&[
        ("serverless.yml", &code),
        (
            "plugins.js",
            "module.exports = [{ name: 'own', setup(build) { build.onLoad({ filter: /a\\.js$/ }, () => ({ contents: 'exports.main = () => 42;' })); } }];\n",
        ),
        ("src/a.js", "exports.main = () => 1;\n"),
    ]);
    let said = error(&place, &["package", "--json"]);
    assert_eq!(said["error"]["code"], "CONSENT_NEEDED", "{said:#}");
    let output = place.run(&["package", "--allow-code", "all"]);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let archive = place.project().join(".serverless/wrong.zip");
    let mut zip =
        zip::ZipArchive::new(std::fs::File::open(archive).expect("a file")).expect("a zip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut zip.by_name("src/a.js").expect("a bundle"), &mut text)
        .expect("text");
    assert!(text.contains("42"), "{text}");

    let refused = |custom: &str, words: &str| {
        let service = SERVICE.replace(
            "functions:",
            &format!("custom: {{esbuild: {custom}}}\nfunctions:"),
        );
        place.write("serverless.yml", &service);
        let output = place.run(PACKAGE);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && told.contains(words),
            "{custom}: {told}"
        );
    };
    refused(
        "{packagerOptions: {scripts: [echo]}}",
        "commands, which are not run",
    );
    refused("{outputFileExtension: .mjs}", "only ES modules");
    refused("{outfile: x.js}", "each handler's file");
    place.write(
        "package.json",
        "{\"devDependencies\": {\"tool\": \"1\"}, \"dependencies\": {\"far\": \"1\"}}",
    );
    refused("{external: [tool]}", "devDependencies");
    refused("{external: [far]}", "not installed");

    place.write(
        "serverless.yml",
        &SERVICE.replace("plugins: [serverless-esbuild]", "build: {esbuild: true}"),
    );
    let said = error(&place, &["check", "--json"]);
    assert!(said.to_string().contains("version 4"), "{said:#}");
    assert!(said.to_string().contains("serverless-esbuild"), "{said:#}");
}
