//! A configuration in TypeScript, read by what the project has for it.

use std::fs;
use std::path::PathBuf;

use super::{HANDLER, Project, code, errors, json};

/// As the templates of teams have it: types of its own and of others, another file, a function that is spread.
const CONFIGURATION: &str = "import type { Memory } from './memory';
import { memory, api } from './memory';

const size: Memory = memory as Memory;
const config = {
  service: 'shop',
  frameworkVersion: '3',
  provider: { name: 'aws' as const, runtime: 'python3.13', memorySize: size, stage: \"${opt:stage, 'dev'}\" },
  functions: { api: { ...api('handler.main'), timeout: 7 } },
};

export default config;
";
const MEMORY: &str = "export type Memory = number;
export const memory: Memory = 512;
export const api = <T extends string>(handler: T): { handler: T } => ({ handler });
";

/// Everything that reads TypeScript, and what that needs.
fn installed() -> PathBuf {
    pilothouse_tests::installed_by_npm("command/typescript", "typescript", "node_modules")
}

/// A project that has some packages, and no others.
fn project(packages: &[&str], text: &str) -> Project {
    let project = Project::new(&[
        ("serverless.ts", text),
        ("memory.ts", MEMORY),
        // ts-node asks it what to make of modules, as it does under Serverless.
        (
            "tsconfig.json",
            r#"{"compilerOptions": {"module": "commonjs"}}"#,
        ),
        HANDLER,
    ]);
    let modules = project.folder().join("node_modules");
    for package in packages {
        let (place, here) = (modules.join(package), installed().join(package));
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        std::os::unix::fs::symlink(here, place).expect("a link");
    }
    project
}

fn memory_of(project: &Project) -> serde_json::Value {
    let output = project.run(&["package", "--json", "--allow-code", "all"]);
    assert_eq!(code(&output), Some(0), "{}", errors(&output));
    json(&output);
    let template = project
        .folder()
        .join(".pilothouse/cloudformation-template-update-stack.json");
    let text = fs::read_to_string(template).expect("a template");
    let template: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    template["Resources"]["ApiLambdaFunction"]["Properties"]["MemorySize"].clone()
}

#[test]
fn each_of_the_packages_that_read_typescript_reads_it() {
    for package in ["tsx", "ts-node", "esbuild-register"] {
        // ts-node is given the compiler by the project.
        let project = project(&[package, "typescript", "esbuild"], CONFIGURATION);
        assert_eq!(memory_of(&project), 512, "{package}");
    }
}

#[test]
fn a_configuration_that_is_assigned_or_promised_is_read_too() {
    let assigned = CONFIGURATION.replace("export default config", "module.exports = config");
    let promised = CONFIGURATION.replace(
        "export default config",
        "export default Promise.resolve(config)",
    );
    for text in [assigned, promised] {
        assert_eq!(memory_of(&project(&["tsx"], &text)), 512, "{text}");
    }
}

#[test]
fn the_package_that_osls_brings_reads_it_where_the_project_has_none() {
    let project = project(&[], CONFIGURATION);
    let osls = project.folder().join("node_modules/osls");
    fs::create_dir_all(osls.join("node_modules")).expect("a folder");
    fs::write(
        osls.join("package.json"),
        r#"{"name": "osls", "version": "4.3.1"}"#,
    )
    .expect("a file");
    let here = installed().join("tsx");
    std::os::unix::fs::symlink(here, osls.join("node_modules/tsx")).expect("a link");
    assert_eq!(memory_of(&project), 512);
}

#[test]
fn where_nothing_reads_it_the_way_out_is_told() {
    let project = project(&[], CONFIGURATION);
    if node_reads_it() {
        assert_eq!(memory_of(&project), 512, "by Node itself");
        return;
    }
    let output = project.run(&["package", "--json", "--allow-code", "all"]);
    assert_eq!(code(&output), Some(1));
    let told = errors(&output);
    assert!(told.contains("CODE_FAILED"), "{told}");
    assert!(told.contains("npm install --save-dev tsx"), "{told}");
}

fn node_reads_it() -> bool {
    let output = std::process::Command::new("node")
        .args(["-p", "!!process.features.typescript"])
        .output()
        .expect("node starts");
    output.stdout.starts_with(b"true")
}

#[test]
fn without_consent_it_is_not_run() {
    let project = project(&["tsx"], "throw new Error('it ran');");
    let output = project.run(&["package", "--json"]);
    assert_eq!(code(&output), Some(1));
    let told = errors(&output);
    assert!(
        told.contains("CONSENT_NEEDED") && !told.contains("it ran"),
        "{told}"
    );
}
