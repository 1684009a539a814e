//! Functions that are container images.

use pilothouse_service::types::{Image, RuntimeMode};
use serde_json::json;

use super::*;

const DIGEST: &str = "6bb600b4d6e1d7cf521097177dd0c4e9ea373edb91984a505333be8ac9455d38";

fn with_image(change: impl FnOnce(&mut Image)) -> Service {
    let mut service = shop(&[("a", &[]), ("b", &[])]);
    let mut image = Image {
        uri: format!("000000000000.dkr.ecr.us-east-1.amazonaws.com/x@sha256:{DIGEST}"),
        ..Image::default()
    };
    change(&mut image);
    if let Some(a) = service.functions.get_mut("a") {
        a.handler.clear();
        a.image = Some(image);
    }
    service
}

#[test]
fn a_function_with_an_image_has_no_handler_and_no_runtime() {
    let mut service = with_image(|_| {});
    // What is said of runtimes is said of the others.
    service.provider.runtime_management.mode = Some(RuntimeMode::OnFunctionUpdate);
    let function = resource(&service, "ALambdaFunction/Properties");
    assert_eq!(
        function["Code"],
        json!({"ImageUri": format!("000000000000.dkr.ecr.us-east-1.amazonaws.com/x@sha256:{DIGEST}")})
    );
    assert_eq!(function["PackageType"], "Image");
    for absent in [
        "Handler",
        "Runtime",
        "RuntimeManagementConfig",
        "ImageConfig",
    ] {
        assert_eq!(function.get(absent), None, "{absent}");
    }
    let other = resource(&service, "BLambdaFunction/Properties");
    assert_eq!(
        other["RuntimeManagementConfig"],
        json!({"UpdateRuntimeOn": "FunctionUpdate"})
    );
    assert_eq!(other.get("PackageType"), None);
}

#[test]
fn only_what_is_said_of_an_image_replaces_its_own_settings() {
    let service = with_image(|image| {
        image.command = Some(Vec::new());
        image.working_directory = Some("/w".to_owned());
    });
    assert_eq!(
        resource(&service, "ALambdaFunction/Properties/ImageConfig"),
        json!({"Command": [], "WorkingDirectory": "/w"})
    );
}

#[test]
fn a_version_is_named_after_the_image_that_it_freezes() {
    let version = |service: &Service| {
        let all = stack(service);
        let mut of_a = ids(&all, "AWS::Lambda::Version");
        of_a.retain(|id| id.starts_with('A'));
        let id = of_a.pop().expect("a version");
        (id.clone(), all["Resources"][&id]["Properties"].clone())
    };
    let (id, properties) = version(&with_image(|_| {}));
    assert_eq!(properties["CodeSha256"], DIGEST);
    let (same, _) = version(&with_image(|_| {}));
    assert_eq!(id, same);
    let other = with_image(|image| image.uri = image.uri.replace("6bb", "7bb"));
    assert_ne!(id, version(&other).0);
    let moved = with_image(|image| image.uri = image.uri.replace("/x@", "/y@"));
    assert_ne!(id, version(&moved).0);
    let commanded = with_image(|image| image.command = Some(vec!["x".to_owned()]));
    assert_ne!(id, version(&commanded).0);
}
