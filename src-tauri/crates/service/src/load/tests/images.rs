//! Functions that are container images.

use super::*;
use crate::lookup::{CloudLookup, Question};

const DIGEST: &str = "sha256:6bb600b4d6e1d7cf521097177dd0c4e9ea373edb91984a505333be8ac9455d38";
const REPOSITORY: &str = "000000000000.dkr.ecr.us-east-1.amazonaws.com/team/x";

fn by_digest() -> String {
    format!("{REPOSITORY}@{DIGEST}")
}

fn uri_of(text: &str) -> Option<String> {
    let loaded = service(text);
    let function = loaded.service.functions.get("a")?;
    Some(function.image.clone()?.uri)
}

#[test]
fn an_image_is_named_by_address_or_by_a_name_of_the_provider() {
    let uri = by_digest();
    let ecr = format!("  ecr: {{images: {{base: {{uri: '{uri}'}}, plain_1: '{uri}'}}}}\n");
    for image in [
        format!("'{uri}'"),
        format!("{{uri: '{uri}', command: [x]}}"),
        "base".to_owned(),
        "plain_1".to_owned(),
        "{name: base, workingDirectory: /w}".to_owned(),
    ] {
        let text = format!("{HEAD}{ecr}functions:\n  a: {{image: {image}}}\n");
        assert_eq!(uri_of(&text).as_ref(), Some(&uri), "{image}");
    }
}

#[test]
fn what_an_image_is_must_be_said_once_and_nothing_is_built() {
    let uri = by_digest();
    for (images, function, path) in [
        (
            "{}",
            format!("handler: h.f, image: '{uri}'"),
            "functions.a.handler",
        ),
        (
            "{}",
            "image: {command: [x]}".to_owned(),
            "functions.a.image.uri",
        ),
        ("{}", "image: base".to_owned(), "functions.a.image"),
        ("{}", "{}".to_owned(), "functions.a.handler"),
        (
            "{base: {path: ./}}",
            "image: base".to_owned(),
            "provider.ecr.images.base.path",
        ),
        (
            "{base: ./}",
            "image: base".to_owned(),
            "provider.ecr.images.base",
        ),
        (
            "{base: {file: x}}",
            "image: base".to_owned(),
            "provider.ecr.images.base.uri",
        ),
    ] {
        let function = match function.as_str() {
            "{}" => "{}".to_owned(),
            keys => format!("{{{keys}}}"),
        };
        let text = format!("{HEAD}  ecr: {{images: {images}}}\nfunctions:\n  a: {function}\n");
        let found: Vec<String> = errors(&text).into_iter().map(|(_, path, _)| path).collect();
        assert_eq!(found, [path], "{text}");
    }
    let both = format!(
        "{HEAD}  ecr: {{images: {{base: {{uri: '{uri}', buildArgs: {{a: b}}, path: ./}}}}}}\n\
         functions:\n  a: {{image: {{name: base, uri: '{uri}'}}}}\n  b: {{image: base}}\n"
    );
    let found: Vec<String> = errors(&both).into_iter().map(|(_, path, _)| path).collect();
    assert_eq!(
        found,
        [
            "provider.ecr.images.base.buildArgs",
            "provider.ecr.images.base.path",
            "functions.a.image.name"
        ]
    );
}

#[test]
fn an_image_to_be_built_that_nobody_uses_is_no_error() {
    let text = format!("{HEAD}  ecr: {{images: {{base: {{path: ./}}}}}}\n");
    assert_eq!(service(&text).service.functions.len(), 0);
}

fn tagged(text: &str, answer: Answer) -> Result<Box<Loaded>, Rejected> {
    let source = SourceId::new("serverless.yml");
    let options = Options::default();
    let mut answers = Answers::default();
    let request = |answers: &Answers| {
        load(&Request {
            source: &source,
            text,
            options: &options,
            answers,
        })
    };
    let question = Lookup::Cloud(CloudLookup {
        region: "us-east-1".into(),
        profile: Some("shop".into()),
        question: Question::Image {
            registry: "000000000000".into(),
            repository: "team/x".into(),
            tag: "v1".into(),
        },
    });
    match request(&answers)? {
        Step::Needs(asked) => assert_eq!(asked, std::slice::from_ref(&question)),
        Step::Ready(_) => panic!("a tag is not known by itself"),
    }
    answers.insert(question, answer);
    match request(&answers)? {
        Step::Needs(asked) => panic!("asked again: {asked:?}"),
        Step::Ready(loaded) => Ok(loaded),
    }
}

#[test]
fn what_a_tag_stands_for_is_asked_once_and_the_digest_is_what_runs() {
    let text = format!(
        "{HEAD}  profile: shop\nfunctions:\n  a: {{image: '{REPOSITORY}:v1'}}\n  b: {{image: {{uri: '{REPOSITORY}:v1'}}}}\n"
    );
    let loaded = tagged(&text, Answer::Found(DIGEST.into())).expect("it is known");
    for function in loaded.service.functions.values() {
        let uri = function.image.as_ref().map(|image| image.uri.clone());
        assert_eq!(uri, Some(by_digest()));
    }
    for (answer, code) in [
        (Answer::Missing, Code::CloudMissing),
        (
            Answer::Failed {
                code: Code::CloudNotAsked,
                reason: "not asked".into(),
                hint: None,
            },
            Code::CloudNotAsked,
        ),
    ] {
        let rejected = tagged(&text, answer).expect_err("nobody knows it");
        let codes: Vec<Code> = rejected.diagnostics.0.iter().map(|d| d.code).collect();
        assert_eq!(codes, [code, code]);
    }
}

#[test]
fn a_tag_of_another_region_and_no_tag_are_told_before_anything_is_asked() {
    let text = |image: &str| format!("{HEAD}functions:\n  a: {{image: '{image}'}}\n");
    let elsewhere = REPOSITORY.replace("us-east-1", "eu-west-1");
    for image in [format!("{elsewhere}:v1"), REPOSITORY.to_owned()] {
        let found = errors(&text(&image));
        assert_eq!(
            found,
            [(
                Code::ConfigConflict,
                "functions.a.image".to_owned(),
                format!("'{image}'")
            )]
        );
    }
    // By its digest it may lie anywhere.
    let named = format!("{elsewhere}@{DIGEST}");
    assert_eq!(uri_of(&text(&named)), Some(named));
}

#[test]
fn what_lambda_does_not_take_with_an_image_is_told() {
    let uri = by_digest();
    let text = format!(
        "{HEAD}  layers: ['arn:aws:lambda:us-east-1:000000000000:layer:l:1']\nfunctions:\n\
         \x20 a: {{image: '{uri}', snapStart: true}}\n  b: {{image: '{uri}', layers: []}}\n  c: {{handler: h.f}}\n"
    );
    let warnings = service(&text).warnings;
    let told: Vec<&str> = warnings.0.iter().map(|w| w.message.as_str()).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("no layers") && told[1].contains("snapStart"));
    assert!(told.iter().all(|words| words.contains("`a`")), "{told:?}");
}
