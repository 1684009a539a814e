//! Which file is bundled for a handler, and what esbuild is told.

use pilothouse_testkit::MemoryProject;

use super::*;

fn found(project: &MemoryProject, handler: &str) -> Option<String> {
    entry(project, &Esbuild::default(), handler)
}

#[test]
fn the_file_of_a_handler_is_found_by_its_endings_and_as_a_folder() {
    let project = MemoryProject::new()
        .file("src/a.ts", "")
        .file("src/a.js", "")
        .file("src/b.jsx", "")
        .file("src/c/index.tsx", "")
        .file("src/d.mts", "")
        .file("e.v1.js", "");
    let is = |handler: &str, file: &str| {
        assert_eq!(found(&project, handler).as_deref(), Some(file), "{handler}");
    };
    is("src/a.main", "src/a.ts");
    is("./src/a.main", "src/a.ts");
    is("src/b.main", "src/b.jsx");
    is("src/c.main", "src/c/index.tsx");
    is("src/d.main", "src/d.mts");
    is("e.v1.main", "e.v1.js");
    assert_eq!(found(&project, "src/z.main"), None);
    assert_eq!(found(&project, "../a.main"), None);
    assert_eq!(found(&project, "main"), None);
}

#[test]
fn the_target_is_the_runtimes_and_what_is_written_wins() {
    let mut service = Service::default();
    assert_eq!(target(&service), "node18");
    service.provider.runtime = Some("nodejs22.x".into());
    assert_eq!(target(&service), "node22");
    service.provider.runtime = Some("python3.12".into());
    let of = |runtime: &str| Function {
        runtime: Some(runtime.to_owned()),
        ..Function::default()
    };
    service.functions.insert("a".into(), of("nodejs22.x"));
    service.functions.insert("b".into(), of("nodejs20.x"));
    assert_eq!(target(&service), "node20");

    let mut settings = Esbuild {
        exclude: vec!["aws-sdk".into()],
        external: vec!["x".into()],
        ..Esbuild::default()
    };
    settings.options.insert("target".into(), json!("es2020"));
    let told = options(&service, &settings);
    assert_eq!(told["target"], "es2020");
    assert_eq!(told["platform"], "node");
    assert_eq!(told["external"], json!(["x", "aws-sdk"]));
    assert_eq!(settings.packed(), ["x"]);
    settings.exclude = vec!["*".into()];
    assert_eq!(options(&service, &settings)["external"], json!(["x"]));
    assert!(settings.packed().is_empty());
}
