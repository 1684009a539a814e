//! `node_modules` as each package manager installs them, less what only development needs: what the peer packs, and what
//! is packed here.

use std::collections::BTreeSet;

use crate::place::{Place, peers, succeeds};

const SERVICE: &str = "service: x\nprovider: {name: aws, runtime: nodejs22.x}\nfunctions: {h: {handler: h.h}}\n";

/// A tree of small packages: `a` is used, `b` and `@s/c` develop; they share, and need packages of their own.
fn packages(place: &Place) {
    let index = "module.exports = 'NAME';\n";
    let of = |name: &str, manifest: &str, index: &str| {
        place.package(name, manifest, &[("index.js", index), ("cli.js", "#!/usr/bin/env node\n")]);
    };
    for name in ["shared", "only", "deep"] {
        of(name, "", &index.replace("NAME", name));
    }
    of("@s/n", ", \"dependencies\": {\"deep\": \"file:deep.tgz\"}", "module.exports = '@s/n of ' + require('deep');\n");
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
    let at = |name: &str, file: &str| format!("\"{name}\": \"file:{}/{file}.tgz\"", folder.display());
    let (used, develops) = (at("a", "a"), format!("{}, {}", at("b", "b"), at("@s/c", "_s_c")));
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
    place.write("packages/lib/package.json", &manifest("lib", &format!("\"dependencies\": {{{used}}}")));
    place.write("packages/lib/index.js", "module.exports = require('a');\n");
    let more = format!("\"devDependencies\": {{{}}}", at("only", "only"));
    place.write("packages/tools/package.json", &manifest("tools", &more));
    place.write("packages/tools/index.js", "1;\n");
    place.write("h.js", "exports.h = async () => require('lib');\n");
    place
}

fn yarn(place: &Place) {
    let program = peers().join("yarn/bin/yarn.js");
    let words = ["install", "--ignore-scripts", "--non-interactive", "--offline", "--no-progress"];
    succeeds(place.program("node").arg(program).args(words));
}

fn pnpm(place: &Place) {
    let program = peers().join("pnpm/bin/pnpm.cjs");
    let words = ["install", "--ignore-scripts", "--offline"];
    succeeds(place.program("node").arg(program).args(words));
}

/// The names in the one archive, by the peer and by us.
fn both(place: &Place) -> (BTreeSet<String>, BTreeSet<String>) {
    let peer = place.by_peer().remove("x.zip").expect("an archive");
    let ours = place.by_us().remove("x.zip").expect("an archive");
    (peer.into_keys().collect(), ours.into_keys().collect())
}

#[track_caller]
fn same(place: &Place) {
    let (peer, ours) = both(place);
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

/// The files of packages that lie where Node looks for them, in a folder on the disk: what the function says.
fn says(place: &Place, archive: &str) -> Result<String, String> {
    let code = place.project().join("../code").join(archive);
    let made = if archive == "peer" { place.by_peer() } else { place.by_us() };
    for (name, content) in &made["x.zip"] {
        let path = code.join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }
    let script = format!("require('{}/h.js').h().then(console.log)", code.display());
    let output = place.program("node").args(["-e", &script]).output().expect("node starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    if output.status.success() {
        Ok(text(&output.stdout))
    } else {
        Err(text(&output.stderr))
    }
}

/// The peer packs what links of pnpm's lead to where they stand: what a package needs is not found there, and all that
/// only development needs is packed with the store.
#[test]
fn a_project_of_pnpm_runs_from_its_archive_which_the_peers_does_not() {
    for own in [None, Some("workspace:*")] {
        let place = project(own);
        pnpm(&place);
        let (peer, ours) = both(&place);
        let of = |names: &BTreeSet<String>, package: &str| {
            names.iter().any(|name| name.ends_with(&format!("/{package}/index.js")))
        };
        assert!(of(&peer, "only") && of(&peer, "b"), "{peer:?}");
        assert!(!of(&ours, "b") && !ours.iter().any(|name| name.contains(".pnpm")), "{ours:?}");
        assert!(ours.len() * 2 < peer.len(), "{} and {}", ours.len(), peer.len());
        let failed = says(&place, "peer").expect_err("the peer's fails");
        assert!(failed.contains("Cannot find module"), "{failed}");
        assert_eq!(says(&place, "ours").as_deref(), Ok("a of shared and @s/n of deep"));
        // What is not packed with pnpm is not packed with npm either.
        let place = project(own.map(|_| "*"));
        place.install();
        let (_, of_npm) = both(&place);
        let packages = |names: &BTreeSet<String>| -> BTreeSet<String> {
            let names = names.iter().filter(|name| name.starts_with("node_modules/"));
            names.filter(|name| name.ends_with("/index.js")).cloned().collect()
        };
        if own.is_none() {
            assert_eq!(packages(&ours), packages(&of_npm));
        }
    }
}
