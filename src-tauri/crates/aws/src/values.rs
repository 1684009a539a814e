//! Values that a configuration asks for. One call each to the parameter store, to Secrets Manager and to the registry
//! of images, made by hand and not by three more clients of the SDK.
//!
//! A secret's value ends here: what is told of it is what it looks like.

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use pilothouse_effects::{
    CloudProblem, Effect, Parameter, SecretShape, Values, WebAnswer, WebRequest,
};
use serde_json::{Value, json};

use crate::problem;
use crate::requests::WebRequests;
use crate::stages::place_of;

/// The registry signs by another name than that of its host.
const REGISTRY: &str = "ecr";

/// Values by the services' own protocols.
#[derive(Debug)]
pub(crate) struct AwsValues {
    web: WebRequests,
    endpoint: Option<String>,
    region: String,
    buckets: Client,
}

impl AwsValues {
    pub(crate) fn new(config: &SdkConfig, buckets: Client) -> Self {
        let endpoint = config.endpoint_url();
        Self {
            web: WebRequests::new(config),
            endpoint: endpoint.map(|address| address.trim_end_matches('/').to_owned()),
            region: config.region().map(ToString::to_string).unwrap_or_default(),
            buckets,
        }
    }

    async fn ask(
        &self,
        service: &str,
        call: &'static str,
        operation: &str,
        question: Value,
    ) -> Result<Option<Value>, CloudProblem> {
        let region = &self.region;
        let host = match service {
            REGISTRY => "api.ecr",
            service => service,
        };
        let url = match &self.endpoint {
            Some(endpoint) => format!("{endpoint}/"),
            None => format!("https://{host}.{region}.{}/", place_of(region).1),
        };
        let request = WebRequest {
            method: "POST".to_owned(),
            url,
            headers: vec![
                (
                    "content-type".to_owned(),
                    "application/x-amz-json-1.1".to_owned(),
                ),
                ("x-amz-target".to_owned(), operation.to_owned()),
            ],
            body: question.to_string().into_bytes(),
            sign: true,
        };
        let answer = self.web.send_to(service, call, request).await?;
        let value = serde_json::from_slice(&answer.body).ok();
        if (200..300).contains(&answer.status) {
            return match value {
                Some(value) => Ok(Some(value)),
                None => Err(not_understood(call)),
            };
        }
        match refusal(call, &answer, value.as_ref()) {
            CloudProblem::NotFound { .. } => Ok(None),
            problem => Err(problem),
        }
    }
}

impl Values for AwsValues {
    fn parameter<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<Parameter>, CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "ssm:GetParameter";
            let question = json!({ "Name": name, "WithDecryption": false });
            let answer = self
                .ask("ssm", CALL, "AmazonSSM.GetParameter", question)
                .await?;
            let Some(answer) = answer else {
                return Ok(None);
            };
            parameter_of(&answer)
                .map(Some)
                .ok_or_else(|| not_understood(CALL))
        })
    }

    fn secret<'a>(
        &'a self,
        name: &'a str,
    ) -> Effect<'a, Result<Option<SecretShape>, CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "secretsmanager:GetSecretValue";
            let question = json!({ "SecretId": name });
            let operation = "secretsmanager.GetSecretValue";
            let answer = self
                .ask("secretsmanager", CALL, operation, question)
                .await?;
            Ok(answer.map(|answer| shape_of(&answer)))
        })
    }

    fn image<'a>(
        &'a self,
        registry: &'a str,
        repository: &'a str,
        tag: &'a str,
    ) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "ecr:DescribeImages";
            let question = json!({
                "registryId": registry,
                "repositoryName": repository,
                "imageIds": [{ "imageTag": tag }]
            });
            let operation = "AmazonEC2ContainerRegistry_V20150921.DescribeImages";
            let answer = self.ask(REGISTRY, CALL, operation, question).await?;
            let Some(answer) = answer else {
                return Ok(None);
            };
            // The local AWS answers with none of them where AWS refuses.
            if answer.get("imageDetails") == Some(&json!([])) {
                return Ok(None);
            }
            digest_of(&answer)
                .map(Some)
                .ok_or_else(|| not_understood(CALL))
        })
    }

    fn text_of_object<'a>(
        &'a self,
        bucket: &'a str,
        key: &'a str,
        most: u64,
    ) -> Effect<'a, Result<Option<String>, CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "s3:GetObject";
            let sent = self
                .buckets
                .get_object()
                .bucket(bucket)
                .key(key)
                .send()
                .await;
            let answer = match sent {
                Ok(answer) => answer,
                Err(error) if error.as_service_error().is_some_and(|e| e.is_no_such_key()) => {
                    return Ok(None);
                }
                Err(error) => return Err(problem::of(CALL, error)),
            };
            let length = answer.content_length().unwrap_or_default();
            if u64::try_from(length).is_ok_and(|length| length > most) {
                return Err(unfit(
                    CALL,
                    "TooLarge",
                    format!("it has more than {most} bytes"),
                ));
            }
            let bytes = answer
                .body
                .collect()
                .await
                .map_err(|error| CloudProblem::NoAnswer {
                    call: CALL,
                    reason: error.to_string(),
                })?;
            let text = String::from_utf8(bytes.to_vec());
            text.map(Some)
                .map_err(|_| unfit(CALL, "NotText", "it is not UTF-8 text".to_owned()))
        })
    }
}

fn unfit(call: &'static str, name: &str, reason: String) -> CloudProblem {
    CloudProblem::Refused {
        call,
        name: name.to_owned(),
        reason,
    }
}

fn not_understood(call: &'static str) -> CloudProblem {
    unfit(
        call,
        "NotUnderstood",
        "the answer cannot be read".to_owned(),
    )
}

fn parameter_of(answer: &Value) -> Option<Parameter> {
    let parameter = answer.get("Parameter")?;
    let value = parameter.get("Value")?.as_str()?.to_owned();
    Some(match parameter.get("Type")?.as_str()? {
        "String" => Parameter::Text(value),
        "StringList" => Parameter::List(value.split(',').map(str::to_owned).collect()),
        "SecureString" => Parameter::Secret {
            version: parameter
                .get("Version")
                .and_then(Value::as_u64)
                .unwrap_or(1),
            ciphertext: value,
        },
        _ => return None,
    })
}

fn digest_of(answer: &Value) -> Option<String> {
    let digest = answer.pointer("/imageDetails/0/imageDigest")?.as_str()?;
    // It becomes a part of the template.
    let hex = digest.strip_prefix("sha256:")?;
    let is_hex = hex.len() == 64 && hex.chars().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| digest.to_owned())
}

fn shape_of(answer: &Value) -> SecretShape {
    let text = answer.get("SecretString").and_then(Value::as_str);
    // What does not begin like an object is a text for the peer too.
    let object = text.filter(|text| text.starts_with('{'));
    let object = object.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let keys = object.as_ref().and_then(Value::as_object).map(|keys| {
        let is_plain = |value: &Value| value.is_string() || value.is_number() || value.is_boolean();
        keys.iter()
            .map(|(key, value)| (key.clone(), is_plain(value)))
            .collect()
    });
    SecretShape { keys }
}

/// What a service of this protocol means when it refuses.
fn refusal(call: &'static str, answer: &WebAnswer, body: Option<&Value>) -> CloudProblem {
    let text = |name: &str| body.and_then(|body| body.get(name)).and_then(Value::as_str);
    let name = text("__type").map(|name| name.rsplit('#').next().unwrap_or(name));
    let reason = text("message").or_else(|| text("Message"));
    match (name, answer.status) {
        (Some(name), _) => problem::named(call, name, reason.unwrap_or(name)),
        (None, 429 | 503) => CloudProblem::Throttled { call },
        (None, status) => unfit(call, &status.to_string(), format!("the status {status}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_told_by_their_types_and_of_a_secret_there_is_no_value() {
        let of = |kind: &str, value: &str| {
            parameter_of(
                &json!({ "Parameter": { "Name": "/a", "Type": kind, "Value": value, "Version": 3 } }),
            )
        };
        assert_eq!(of("String", "x,y"), Some(Parameter::Text("x,y".into())));
        assert_eq!(
            of("StringList", "x,,y"),
            Some(Parameter::List(vec!["x".into(), String::new(), "y".into()]))
        );
        assert!(matches!(
            of("SecureString", "AQ=="),
            Some(Parameter::Secret { version: 3, .. })
        ));
        assert_eq!(of("Other", ""), None);
        let shape = |text: &str| shape_of(&json!({ "SecretString": text }));
        assert_eq!(
            shape(r#"{"k": "canary", "n": 5, "o": {}}"#).keys,
            Some(vec![
                ("k".into(), true),
                ("n".into(), true),
                ("o".into(), false)
            ])
        );
        assert_eq!(shape("canary").keys, None);
        assert_eq!(shape("{canary").keys, None);
        assert_eq!(shape_of(&json!({ "SecretBinary": "AAAA" })).keys, None);
        let words = format!("{:?}{:?}", shape(r#"{"k": "canary"}"#), shape("canary"));
        assert!(!words.contains("canary"), "{words}");
    }

    #[test]
    fn an_image_is_known_by_a_digest_and_nothing_else() {
        let of = |digest: &str| digest_of(&json!({ "imageDetails": [{ "imageDigest": digest }] }));
        let digest = format!("sha256:{}", "ab".repeat(32));
        assert_eq!(of(&digest), Some(digest.clone()));
        assert_eq!(of("sha256:ab"), None);
        assert_eq!(of(&digest.replace('b', "${x}")), None);
        assert_eq!(digest_of(&json!({ "imageDetails": [] })), None);
    }

    #[test]
    fn a_refusal_is_known_by_its_type() {
        let of = |status, body: Value| {
            let answer = WebAnswer {
                status,
                headers: Vec::new(),
                body: Vec::new(),
            };
            refusal("ssm:GetParameter", &answer, Some(&body))
        };
        let kind = |name: &str| of(400, json!({ "__type": name, "message": "why" }));
        assert!(matches!(
            kind("ParameterNotFound"),
            CloudProblem::NotFound { .. }
        ));
        assert!(matches!(
            kind("com.amazonaws.ssm#AccessDeniedException"),
            CloudProblem::Denied { reason, .. } if reason == "why"
        ));
        assert!(matches!(
            kind("ExpiredTokenException"),
            CloudProblem::Credentials { .. }
        ));
        assert!(matches!(
            kind("ParameterPatternMismatchException"),
            CloudProblem::Refused { .. }
        ));
        assert!(matches!(of(503, json!({})), CloudProblem::Throttled { .. }));
    }
}
