//! `node_modules` as each package manager installs them, less what only development needs: what the peer packs, and what
//! is packed here.

use std::collections::BTreeSet;

use crate::place::{Files, Place, peers, succeeds};

const SERVICE: &str =
    "service: x\nprovider: {name: aws, runtime: nodejs22.x}\nfunctions: {h: {handler: h.h}}\n";

/// A tree of small packages: `a` is used, `b` and `@s/c` develop; they share, and need packages of their own.
fn packages(place: &Place) {
    let index = "module.exports = 'NAME';\n";
    let of = |name: &str, manifest: &str, index: &str| {
        place.package(
            name,
            manifest,
            &[("index.js", index), ("cli.js", "#!/usr/bin/env node\n")],
        );
    };
    for name in ["shared", "only", "deep", "lone"] {
        of(name, "", &index.replace("NAME", name));
    }
    of(
        "@s/n",
        ", \"dependencies\": {\"deep\": \"file:deep.tgz\"}",
        "module.exports = '@s/n of ' + require('deep');\n",
    );
    of(
        "a",
        ", \"dependencies\": {\"shared\": \"file:shared.tgz\", \"@s/n\": \"file:_s_n.tgz\"}",
        "module.exports = 'a of ' + require('shared') + ' and ' + require('@s/n');\n",
    );
    of(
        "b",
        ", \"dependencies\": {\"shared\": \"file:shared.tgz\", \"only\": \"file:only.tgz\"}, \"bin\": \"cli.js\"",
        &index.replace("NAME", "b"),
    );
    of(
        "@s/c",
        ", \"dependencies\": {\"deep\": \"file:deep.tgz\"}, \"bin\": {\"cc\": \"cli.js\"}",
        &index.replace("NAME", "c"),
    );
}

/// One project, or a workspace of three; `own` is how its manager names packages of the workspace.
fn project(own: Option<&str>) -> Place {
    let place = Place::new(&[
        ("serverless.yml", SERVICE),
        ("h.js", "exports.h = async () => require('a');\n"),
    ]);
    packages(&place);
    let folder = place.packages();
    let at =
        |name: &str, file: &str| format!("\"{name}\": \"file:{}/{file}.tgz\"", folder.display());
    let (used, develops) = (
        at("a", "a"),
        format!("{}, {}", at("b", "b"), at("@s/c", "_s_c")),
    );
    let manifest = |name: &str, more: &str| {
        format!("{{\"name\": \"{name}\", \"version\": \"1.0.0\", \"private\": true, {more}}}")
    };
    let Some(own) = own else {
        let more = format!("\"dependencies\": {{{used}}}, \"devDependencies\": {{{develops}}}");
        place.write("package.json", &manifest("x", &more));
        return place;
    };
    let more = format!(
        "\"workspaces\": [\"packages/*\"], \"dependencies\": {{\"lib\": \"{own}\"}}, \
         \"devDependencies\": {{\"tools\": \"{own}\", {develops}}}"
    );
    place.write("package.json", &manifest("x", &more));
    place.write("pnpm-workspace.yaml", "packages:\n  - packages/*\n");
    place.write(
        "packages/lib/package.json",
        &manifest("lib", &format!("\"dependencies\": {{{used}}}")),
    );
    place.write("packages/lib/index.js", "module.exports = require('a');\n");
    let more = format!(
        "\"devDependencies\": {{{}, {}}}",
        at("only", "only"),
        at("lone", "lone")
    );
    place.write("packages/tools/package.json", &manifest("tools", &more));
    place.write("packages/tools/index.js", "1;\n");
    place.write("h.js", "exports.h = async () => require('lib');\n");
    place
}

fn yarn(place: &Place) {
    let program = peers().join("yarn/bin/yarn.js");
    let words = [
        "install",
        "--ignore-scripts",
        "--non-interactive",
        "--offline",
        "--no-progress",
    ];
    succeeds(place.program("node").arg(program).args(words));
}

fn pnpm(place: &Place) {
    let program = peers().join("pnpm/bin/pnpm.cjs");
    let words = ["install", "--ignore-scripts", "--offline"];
    succeeds(place.program("node").arg(program).args(words));
}

/// What the one archive holds that we make.
fn ours(place: &Place) -> Files {
    place.by_us().remove("x.zip").expect("an archive")
}

/// And the one that the peer makes.
fn peers_own(place: &Place) -> Files {
    place.by_peer().remove("x.zip").expect("an archive")
}

fn names(files: &Files) -> BTreeSet<String> {
    files.keys().cloned().collect()
}

#[track_caller]
fn same(place: &Place) {
    let (peer, ours) = (names(&peers_own(place)), names(&ours(place)));
    assert_eq!(ours, peer);
    assert!(ours.contains("node_modules/a/index.js") && !ours.contains("node_modules/b/index.js"));
}

#[test]
fn a_project_and_a_workspace_of_npm_are_packed_as_the_peer_packs_them() {
    let place = project(None);
    place.install();
    same(&place);
    let place = project(Some("*"));
    place.install();
    same(&place);
}

#[test]
fn a_project_and_a_workspace_of_yarn_are_packed_as_the_peer_packs_them() {
    let place = project(None);
    yarn(&place);
    same(&place);
    let place = project(Some("1.0.0"));
    yarn(&place);
    same(&place);
}

/// What the function says that an archive holds, which is unpacked to a folder of that name.
fn says(place: &Place, name: &str, files: &Files) -> Result<String, String> {
    let code = place.project().join("../code").join(name);
    for (name, content) in files {
        let path = code.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    let script = format!("require('{}/h.js').h().then(console.log)", code.display());
    let run = place.program("node").args(["-e", &script]).output();
    let output = run.expect("node starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr))
    }
}

/// The peer packs what links of pnpm's lead to where they stand: what a package needs is not found there, and all that
/// only development needs is packed with the store.
fn runs_from_our_archive_alone(own: Option<&str>) -> Files {
    let place = project(own);
    pnpm(&place);
    let (peer, ours) = (peers_own(&place), ours(&place));
    let has = |files: &Files, package: &str| {
        let end = format!("/{package}/index.js");
        files.keys().any(|name| name.ends_with(&end))
    };
    assert!(has(&peer, "only") && has(&peer, "b"), "{:?}", peer.keys());
    assert!(!has(&ours, "b"), "{:?}", ours.keys());
    assert!(
        !ours.keys().any(|name| name.contains(".pnpm/")),
        "{:?}",
        ours.keys()
    );
    assert!(
        ours.len() * 2 < peer.len(),
        "{} and {}",
        ours.len(),
        peer.len()
    );
    let failed = says(&place, "peer", &peer).expect_err("the peer's fails");
    assert!(failed.contains("Cannot find module"), "{failed}");
    let said = says(&place, "ours", &ours);
    assert_eq!(said.as_deref(), Ok("a of shared and @s/n of deep"));
    ours
}

#[test]
fn a_project_of_pnpm_is_packed_as_one_of_npm_and_runs() {
    let with_pnpm = runs_from_our_archive_alone(None);
    let place = project(None);
    place.install();
    let with_npm = ours(&place);
    let packages = |files: &Files| -> BTreeSet<String> {
        let files = files
            .keys()
            .filter(|name| name.starts_with("node_modules/"));
        files
            .filter(|name| name.ends_with("/index.js"))
            .cloned()
            .collect()
    };
    assert_eq!(packages(&with_pnpm), packages(&with_npm));
}

#[test]
fn a_workspace_of_pnpm_runs_from_its_archive() {
    runs_from_our_archive_alone(Some("workspace:*"));
}
