//! What serverless-s3-sync and a layer of packages read.

use super::{errors, service};
use crate::types::{
    LAYER_OF_NODE, LAYER_OF_PYTHON, PACKAGES_OF_NODE, PACKAGES_OF_PYTHON, SyncedBucket,
};

const HEAD: &str = super::HEAD;
const PLUGIN: &str = "plugins: [serverless-s3-sync]\n";

#[test]
fn folders_are_read_from_a_list_and_from_buckets() {
    let text = format!(
        "{HEAD}{PLUGIN}custom:\n  s3Sync:\n    - bucketName: site\n      localDir: ./dist/\n      bucketPrefix: /assets\n      deleteRemoved: \"false\"\n      acl: public-read\n      params:\n        - '*.js': {{CacheControl: no-cache, Metadata: {{Team: web}}}}\n        - index.html: {{OnlyForEnv: prod}}\n      bucketTags: {{a: 1}}\n    - bucketNameKey: Out\n      localDir: docs\n    - bucketName: off\n      localDir: x\n      enabled: false\n"
    );
    let loaded = service(&text);
    let [first, second] = loaded.service.plugins.synced.as_slice() else {
        panic!("{:?}", loaded.service.plugins.synced);
    };
    assert_eq!(first.folder, "dist");
    assert_eq!(first.prefix, "assets/");
    assert_eq!((first.deletes, first.acl.as_str()), (false, "public-read"));
    assert_eq!(first.rules[0].headers["Metadata:team"], "web");
    assert_eq!(first.rules[1].only_for.as_deref(), Some("prod"));
    assert_eq!(first.tags["a"], "1");
    assert_eq!(second.bucket, SyncedBucket::Output("Out".into()));
    assert!(second.deletes && second.prefix.is_empty());

    let text = format!(
        "{HEAD}{PLUGIN}custom:\n  s3Sync:\n    endpoint: http://localhost:4569\n    hooks: [after:x]\n    buckets: [{{bucketName: site, localDir: dist}}]\n"
    );
    let loaded = service(&text);
    assert_eq!(loaded.service.plugins.synced.len(), 1);
    assert_eq!(loaded.warnings.0.len(), 2, "{:?}", loaded.warnings);

    let text = format!(
        "{HEAD}{PLUGIN}custom:\n  s3Sync:\n    noSync: true\n    buckets: [{{bucketName: site, localDir: dist}}]\n"
    );
    assert!(service(&text).service.plugins.synced.is_empty());
}

#[test]
fn what_cannot_be_done_with_a_folder_is_named_where_it_stands() {
    let found = errors(&format!(
        "{HEAD}{PLUGIN}custom:\n  s3Sync:\n    - localDir: dist\n    - bucketName: site\n      localDir: dist\n      preCommand: npm run build\n      acl: everybody\n"
    ));
    let paths: Vec<&str> = found.iter().map(|(_, path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "custom.s3Sync.0",
            "custom.s3Sync.1.preCommand",
            "custom.s3Sync.1.acl"
        ]
    );
}

#[test]
fn packages_as_a_layer_come_to_the_functions_of_their_language() {
    let text = format!(
        "{HEAD}custom: {{pilothouse: {{dependencies: layer}}}}\nfunctions:\n  a: {{handler: x.y, runtime: python3.12}}\n  b: {{handler: x.y, runtime: nodejs22.x}}\n  c: {{handler: x.y, runtime: python3.12, package: {{artifact: c.zip}}}}\n"
    );
    let loaded = service(&text).service;
    let keys: Vec<&String> = loaded.layers.keys().collect();
    assert_eq!(keys, [PACKAGES_OF_NODE, PACKAGES_OF_PYTHON]);
    let layers = |name: &str| {
        let layers = loaded.functions[name].run.layers.iter().flatten();
        layers.map(|layer| layer["Ref"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(layers("a"), [LAYER_OF_PYTHON]);
    assert_eq!(layers("b"), [LAYER_OF_NODE]);
    assert!(layers("c").is_empty());
}

#[test]
fn a_layer_of_the_same_name_and_an_unknown_word_are_told() {
    let found = errors(&format!(
        "{HEAD}custom: {{pilothouse: {{dependencies: layer}}}}\nlayers: {{pythonRequirements: {{path: x}}}}\nfunctions: {{a: {{handler: x.y, runtime: python3.12}}}}\n"
    ));
    assert_eq!(found[0].1, "layers.pythonRequirements");
    let loaded = service(&format!(
        "{HEAD}custom: {{pilothouse: {{dependencies: box, depndencies: layer}}}}\n"
    ));
    let paths: Vec<_> = loaded
        .warnings
        .0
        .iter()
        .map(|one| one.path.clone().unwrap_or_default())
        .collect();
    assert_eq!(
        paths,
        [
            "custom.pilothouse.dependencies",
            "custom.pilothouse.depndencies"
        ]
    );
}

#[test]
fn a_function_that_has_five_layers_takes_no_sixth() {
    let arn = "arn:aws:lambda:us-east-1:123456789012:layer:x:1";
    let layers = [1, 2, 3, 4, 5]
        .map(|number| format!("{arn}{number}"))
        .join(", ");
    let found = errors(&format!(
        "{HEAD}custom: {{pilothouse: {{dependencies: layer}}}}\nfunctions:\n  a:\n    handler: x.y\n    runtime: python3.12\n    layers: [{layers}]\n"
    ));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].1, "functions.a");
}
