use pilothouse_testkit::MemoryProject;

use super::*;

fn package(dependencies: &[&str], development: &[&str], bin: &str) -> String {
    let list = |names: &[&str]| {
        let lines: Vec<String> = names
            .iter()
            .map(|name| format!("{name:?}: \"1\""))
            .collect();
        lines.join(",")
    };
    format!(
        "{{\"dependencies\": {{{}}}, \"devDependencies\": {{{}}}, \"bin\": {bin}}}",
        list(dependencies),
        list(development)
    )
}

fn left_out(project: &MemoryProject) -> Vec<String> {
    let tree = project.walk(&|_| false).expect("a tree");
    let development = Development::find(project, &tree);
    let paths = tree.iter().map(|entry| entry.path.as_str());
    paths
        .filter(|path| development.contain(path))
        .map(str::to_owned)
        .collect()
}

#[test]
fn what_only_development_leads_to_is_left_out_with_its_programs() {
    let project = MemoryProject::new()
        .file("package.json", package(&["a"], &["b", "@s/c"], "null"))
        .file(
            "node_modules/a/package.json",
            package(&["shared"], &["unused"], "null"),
        )
        .file(
            "node_modules/b/package.json",
            package(&["shared", "only"], &[], "\"cli.js\""),
        )
        .file("node_modules/b/cli.js", "")
        .file(
            "node_modules/@s/c/package.json",
            package(&[], &[], "{\"cc\": \"x\"}"),
        )
        .file("node_modules/shared/package.json", "{}")
        .file("node_modules/only/package.json", "{}")
        .file("node_modules/extraneous/package.json", "{}")
        .file("node_modules/.bin/b", "")
        .file("node_modules/@s/.bin/cc", "");
    assert_eq!(
        left_out(&project),
        [
            "node_modules/.bin/b",
            "node_modules/@s/.bin/cc",
            "node_modules/@s/c/package.json",
            "node_modules/b/cli.js",
            "node_modules/b/package.json",
            "node_modules/only/package.json",
        ]
    );
}

#[test]
fn the_nearest_copy_of_a_package_is_the_one_that_counts() {
    let project = MemoryProject::new()
        .file("package.json", package(&["a"], &["b"], "null"))
        .file("node_modules/a/package.json", package(&["x"], &[], "null"))
        .file("node_modules/b/package.json", package(&["x"], &[], "null"))
        .file("node_modules/b/node_modules/x/package.json", "{}")
        .file("node_modules/x/package.json", "{}");
    assert_eq!(
        left_out(&project),
        [
            "node_modules/b/node_modules/x/package.json",
            "node_modules/b/package.json"
        ]
    );
}

#[test]
fn circles_end_and_every_project_below_has_its_own_modules() {
    let project = MemoryProject::new()
        .file("sub/package.json", package(&[], &["a"], "null"))
        .file(
            "sub/node_modules/a/package.json",
            package(&["b"], &[], "null"),
        )
        .file(
            "sub/node_modules/b/package.json",
            package(&["a"], &[], "null"),
        )
        .file("node_modules/a/package.json", "{}");
    assert_eq!(
        left_out(&project),
        [
            "sub/node_modules/a/package.json",
            "sub/node_modules/b/package.json"
        ]
    );
}

#[test]
fn a_manifest_that_is_not_json_leaves_nothing_out() {
    let project = MemoryProject::new()
        .file("package.json", "{")
        .file("node_modules/a/package.json", "{}");
    assert_eq!(left_out(&project), Vec::<String>::new());
}
