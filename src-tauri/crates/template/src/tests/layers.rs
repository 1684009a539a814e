//! Layers that are made from folders of the project.

use pilothouse_model::Digest;
use pilothouse_service::types::Layer;
use serde_json::json;

use super::*;
use crate::inputs::Archive;

fn compiled_with(content: &str, layer: Layer) -> Value {
    let mut service = shop(&[("a", &[])]);
    service.layers.insert("my-tools".into(), layer);
    let function = service.functions.get_mut("a").expect("the function");
    function.run.layers = Some(vec![
        json!({ "Ref": "MyDashtoolsLambdaLayer" }),
        json!("arn:aws:x"),
    ]);
    let mut inputs = inputs("code");
    let archive = Archive {
        file_name: "my-tools.zip".into(),
        digest: Digest::of(content.as_bytes()),
    };
    inputs.archives.layers.insert("my-tools".into(), archive);
    Value::Object(compile(&service, &inputs).expect("a template").update.0)
}

fn version(template: &Value) -> Vec<String> {
    ids(template, "AWS::Lambda::Version")
}

#[test]
fn another_content_is_another_version_of_the_functions_that_have_it() {
    let (one, same, other) = (
        compiled_with("1", Layer::default()),
        compiled_with("1", Layer::default()),
        compiled_with("2", Layer::default()),
    );
    assert_eq!(one, same);
    assert_ne!(version(&one), version(&other));
    let layers = &one["Resources"]["ALambdaFunction"]["Properties"]["Layers"];
    assert_eq!(
        layers,
        &json!([{ "Ref": "MyDashtoolsLambdaLayer" }, "arn:aws:x"])
    );
}

#[test]
fn a_kept_layer_has_a_name_for_each_content_and_references_lead_to_it() {
    let kept = || Layer {
        retain: true,
        allowed_accounts: vec!["*".into()],
        ..Layer::default()
    };
    let template = compiled_with("1", kept());
    let layer = ids(&template, "AWS::Lambda::LayerVersion")
        .pop()
        .expect("a layer");
    assert!(
        layer.starts_with("MyDashtoolsLambdaLayer") && layer.len() > 60,
        "{layer}"
    );
    let resources = &template["Resources"];
    assert_eq!(resources[&layer]["DeletionPolicy"], "Retain");
    let reference = json!({ "Ref": layer });
    assert_eq!(
        resources["ALambdaFunction"]["Properties"]["Layers"][0],
        reference
    );
    let permission = ids(&template, "AWS::Lambda::LayerVersionPermission")
        .pop()
        .expect("a permission");
    assert_eq!(
        resources[&permission]["Properties"]["LayerVersionArn"],
        reference
    );
    let other = compiled_with("2", kept());
    assert_ne!(ids(&other, "AWS::Lambda::LayerVersion"), [layer]);
}
