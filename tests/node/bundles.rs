//! Services that the real plugin bundles: the same files with the same bytes in the same archives.

use crate::place::{Files, Place};

/// Records of npm's about an installation and links to programs, which no function loads.
fn is_of_npm(name: &str) -> bool {
    name == "node_modules/.package-lock.json" || name.starts_with("node_modules/.bin/")
}

/// Packages with both, and holds one against the other.
fn same(place: &Place) -> std::collections::BTreeMap<String, Files> {
    let mut peer = place.by_peer();
    for files in peer.values_mut() {
        files.retain(|name, _| !is_of_npm(name));
    }
    let ours = place.by_us();
    let names = |made: &std::collections::BTreeMap<String, Files>| -> Vec<String> {
        made.iter()
            .flat_map(|(archive, files)| files.keys().map(move |name| format!("{archive}: {name}")))
            .collect()
    };
    assert_eq!(names(&ours), names(&peer));
    for (archive, files) in &peer {
        for (name, content) in files {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert_eq!(
                text(&ours[archive][name]),
                text(content),
                "{archive}: {name}"
            );
        }
    }
    ours
}

#[test]
fn one_archive_of_javascript_with_maps_and_files_beside_it() {
    let place = Place::new(&[
        (
            "serverless.yml",
            "service: shared\nprovider: {name: aws, runtime: nodejs22.x}\nplugins: [serverless-esbuild]\n\
             package: {patterns: ['assets', '!assets/no.txt', 'deep/**/*.json', '!deep/b/**']}\n\
             custom: {esbuild: {minify: true, sourcemap: true, keepNames: true}}\n\
             functions:\n  a: {handler: src/a.main}\n  b: {handler: b.main, package: {patterns: [only-b.txt]}}\n  \
             again: {handler: src/a.other}\n",
        ),
        (
            "src/a.js",
            "const { greet } = require('../lib/greet');\nexports.main = async () => greet('a');\nexports.other = () => 1;\n",
        ),
        (
            "b.js",
            "import { greet } from './lib/greet';\nexport const main = async () => greet('b');\n",
        ),
        (
            "lib/greet.js",
            "exports.greet = function greet(name) { return `hello ${name}`; };\n",
        ),
        ("lib/unused.js", "throw new Error('unused');\n"),
        ("assets/yes.txt", "yes"),
        ("assets/no.txt", "no"),
        ("assets/.hidden", "no"),
        ("deep/a/x.json", "{}"),
        ("deep/b/y.json", "{}"),
        ("only-b.txt", "b"),
    ]);
    let made = same(&place);
    let names: Vec<&String> = made["shared.zip"].keys().collect();
    assert!(
        names.iter().any(|name| *name == "src/a.js.map"),
        "{names:?}"
    );
}

#[test]
fn the_example_is_what_the_plugin_makes_of_it() {
    let folder = pilothouse_tests::repository().join("examples/node-esbuild");
    let names = [
        "serverless.yml",
        "src/order.ts",
        "src/price.ts",
        "src/lib/menu.ts",
    ];
    let texts = names
        .map(|name| std::fs::read_to_string(folder.join(name)).expect("a file of the example"));
    let files: Vec<(&str, &str)> = names
        .into_iter()
        .zip(texts.iter().map(String::as_str))
        .collect();
    let made = same(&Place::new(&files));
    let archives: Vec<&str> = made.keys().map(String::as_str).collect();
    assert_eq!(archives, ["order.zip", "price.zip"]);
}

const TYPESCRIPT: &str = "service: typed
provider: {name: aws, runtime: nodejs20.x}
plugins: [serverless-esbuild]
package: {individually: true, patterns: [shared.txt]}
custom:
  esbuild:
    bundle: true
    sourcemap: linked
    sourcesContent: false
    external: [alpha, gamma, '@aws-sdk/*']
    packager: npm
    define: {'process.env.KIND': '\"made\"'}
    banner: {js: '// made'}
    loader: {'.txt': text}
    concurrency: 2
    zipConcurrency: 2
    nativeZip: false
functions:
  one: {handler: src/one.main, package: {patterns: [one/**]}}
  two: {handler: src/two.main}
  three: {handler: src/three.main}
  plain: {handler: plain.main, skipEsbuild: true, package: {patterns: ['!**', plain.js]}}
";

/// A project of TypeScript with packages that are not bundled; one needs a third, one a peer.
fn typed(place: &Place) {
    place.package("beta", "", &[("index.js", "module.exports = 'beta';\n")]);
    place.package(
        "alpha",
        ", \"dependencies\": {\"beta\": \"file:beta.tgz\"}, \"bin\": \"index.js\"",
        &[
            (
                "index.js",
                "module.exports = 'alpha of ' + require('beta');\n",
            ),
            ("README.md", "alpha"),
        ],
    );
    place.package(
        "gamma",
        "",
        &[("index.js", "module.exports = 'gamma';\n"), ("sub.js", "")],
    );
    place.package("inner", "", &[("index.js", "module.exports = 'inner';\n")]);
    let packages = place.packages();
    let at = |name: &str| format!("\"{name}\": \"file:{}/{name}.tgz\"", packages.display());
    let manifest = format!(
        "{{\"name\": \"typed\", \"dependencies\": {{{}, {}, {}}}, \"devDependencies\": {{}}}}",
        at("alpha"),
        at("gamma"),
        at("inner")
    );
    place.write("package.json", &manifest);
    place.install();
}

#[test]
fn an_archive_for_each_function_of_typescript_with_what_it_loads_beside_it() {
    let place = Place::new(&[
        ("serverless.yml", TYPESCRIPT),
        (
            "tsconfig.json",
            "{\"compilerOptions\": {\"strict\": true, \"target\": \"es2020\"}}",
        ),
        (
            "src/one.ts",
            "import alpha from 'alpha';\nimport inner from 'inner';\nimport text from './said.txt';\n\
             export const main = async (): Promise<string> => `${alpha}${inner}${text}${process.env.KIND}`;\n",
        ),
        ("src/said.txt", "said"),
        (
            "src/two/index.tsx",
            "import { S3Client } from '@aws-sdk/client-s3';\nexport const main = () => import('gamma/sub').then(() => S3Client);\n",
        ),
        (
            "src/three.ts",
            "enum Kind { A, B }\nexport const main = (): Kind => Kind.B;\n",
        ),
        ("plain.js", "exports.main = () => 1;\n"),
        ("shared.txt", "shared"),
        ("one/data.bin", "data"),
    ]);
    typed(&place);
    let made = same(&place);
    let has = |archive: &str, name: &str| made[archive].contains_key(name);
    assert!(
        has("one.zip", "node_modules/beta/index.js"),
        "{:?}",
        made["one.zip"].keys()
    );
    assert!(
        has("two.zip", "node_modules/gamma/sub.js")
            && !has("two.zip", "node_modules/alpha/index.js")
    );
    assert!(!has("three.zip", "node_modules/gamma/index.js"));
    assert!(has("plain.zip", "plain.js"));
}

#[test]
fn one_archive_with_all_packages_that_are_not_bundled() {
    let service = TYPESCRIPT
        .replace("individually: true, ", "")
        .replace("  plain: {handler: plain.main, skipEsbuild: true, package: {patterns: ['!**', plain.js]}}\n", "")
        .replace("    sourcemap: linked\n", "    metafile: true\n");
    let place = Place::new(&[
        ("serverless.yml", &service),
        (
            "src/one.ts",
            "import alpha from 'alpha';\nexport const main = () => alpha;\n",
        ),
        ("src/two.mjs", "export const main = () => 2;\n"),
        ("src/two.js", "export const main = () => 2;\n"),
        (
            "src/three.jsx",
            "const make = (tag) => tag;\n/** @jsx make */\nexport const main = () => <b />;\n",
        ),
        ("shared.txt", "shared"),
        ("one/data.bin", "data"),
    ]);
    typed(&place);
    let made = same(&place);
    assert!(made["typed.zip"].contains_key("node_modules/gamma/index.js"));
    assert!(made["typed.zip"].contains_key("src/one-meta.json"));
}

#[test]
fn es_modules_with_copied_files_and_nothing_beside_them() {
    let place = Place::new(&[
        (
            "serverless.yml",
            "service: modern\nprovider: {name: aws, runtime: nodejs22.x, stage: dev}\nplugins: [serverless-esbuild]\n\
             package: {individually: true}\n\
             custom:\n  esbuild:\n    format: esm\n    outputFileExtension: .mjs\n    target: es2022\n    exclude: '*'\n    \
             external: [alpha]\n    minifySyntax: true\n    drop: [console]\n    mainFields: [module, main]\n    \
             conditions: [module]\n    alias: {short: ./src/lib.js}\n    inject: [./src/inject.js]\n    \
             assetNames: 'media/[name]-[hash]'\n    legalComments: none\n    treeShaking: true\n    charset: utf8\n    \
             loader: {.png: file}\n\
             functions:\n  a: {handler: src/a.main}\n",
        ),
        (
            "src/a.ts",
            "import alpha from 'alpha';\nimport logo from './logo.png';\nimport { word } from 'short';\n\
             console.log('gone');\nexport const main = async () => [alpha, logo, word, given];\n",
        ),
        (
            "src/lib.js",
            "export const word = 'wörd';\nexport const other = 2;\n",
        ),
        ("src/inject.js", "export const given = 'given';\n"),
        ("src/logo.png", "not really"),
        ("package.json", "{\"dependencies\": {\"alpha\": \"1\"}}"),
    ]);
    let made = same(&place);
    let names: Vec<&String> = made["a.zip"].keys().collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn endings_of_ones_own_leave_the_names_of_bundles() {
    let place = Place::new(&[
        (
            "serverless.yml",
            "service: endings\nprovider: {name: aws, runtime: nodejs18.x}\nplugins: [serverless-esbuild]\n\
             custom:\n  esbuild:\n    resolveExtensions: [.live.ts, .live.js, .ts, .js]\n    \
             stripEntryResolveExtensions: true\n\
             functions:\n  a: {handler: src/a.main}\n  b: {handler: src/b.main}\n  \
             c: {handler: far.away, esbuildEntrypoint: ./src/b.main}\n",
        ),
        (
            "src/a.live.ts",
            "import { b } from './b';\nexport const main = () => b;\n",
        ),
        ("src/a.ts", "export const main = () => 'not this';\n"),
        (
            "src/b.js",
            "export const b = 1;\nexport const main = () => b;\n",
        ),
    ]);
    let made = same(&place);
    let names: Vec<&String> = made["endings.zip"].keys().collect();
    assert_eq!(names, ["src/a.js", "src/b.js"]);
}

#[test]
fn the_same_sources_give_the_same_archives_and_the_plugin_need_not_be_listed() {
    let service = "service: own\nprovider: {name: aws, runtime: nodejs22.x}\n\
                   custom: {pilothouse: {esbuild: {minify: true, sourcemap: inline}}}\n\
                   functions:\n  a: {handler: a.main}\n";
    let place = Place::new(&[
        ("serverless.yml", service),
        (
            "a.mts",
            "import { b } from './b';\nexport const main = (): number => b;\n",
        ),
        ("b.ts", "export const b: number = 2;\n"),
        ("not-packed.txt", "no"),
    ]);
    let sums = || {
        let output = place.run(&["package", "--allow-code", "all", "--json"]);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let said: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(said["bundles"][0]["entry"], "a.mts");
        assert_eq!(said["bundles"][0]["files"], 2);
        let files = said["files"].as_array().expect("files").iter();
        let archive = files.filter(|file| file["name"] == "own.zip");
        archive
            .map(|file| file["sha256"].clone())
            .collect::<Vec<_>>()
    };
    let first = sums();
    assert_eq!(first.len(), 1);
    assert_eq!(sums(), first);
    let made = place.by_us();
    let names: Vec<&String> = made["own.zip"].keys().collect();
    assert_eq!(names, ["a.js"]);
    let plain = service.replace("{minify: true, sourcemap: inline}", "true");
    place.write("serverless.yml", &plain);
    assert_ne!(sums(), first);
}
