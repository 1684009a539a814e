//! `http.authorizer`: who is let in.

use super::super::reader::{At, Reader};
use crate::document::Content;
use crate::types::{HttpAuthorizer, Integration, Judge, MadeAuthorizer};

/// How long an answer holds where a mapping does not say, in seconds.
const TTL: u32 = 300;

pub(super) fn read(reader: &mut Reader, at: Option<At<'_>>) -> Option<HttpAuthorizer> {
    let at = at?;
    match &at.node.content {
        Content::Mapping(_) => of_mapping(reader, &at),
        _ => of_text(reader, &at),
    }
}

fn of_text(reader: &mut Reader, at: &At<'_>) -> Option<HttpAuthorizer> {
    let text = reader
        .text(Some(at.clone()))
        .filter(|text| !text.is_empty())?;
    if text.eq_ignore_ascii_case("aws_iam") {
        return Some(HttpAuthorizer::AwsIam);
    }
    let (name, judge) = if text.contains(':') {
        (end_of_arn(&text), Judge::Arn(text.into()))
    } else {
        reader.is_function_of_service(at, &text);
        (text.clone(), Judge::Function(text))
    };
    Some(HttpAuthorizer::Made(Box::new(MadeAuthorizer {
        name,
        judge,
        kind: None,
        identity_source: None,
        identity_validation_expression: None,
        result_ttl_in_seconds: None,
        scopes: Vec::new(),
        managed_externally: false,
    })))
}

fn of_mapping(reader: &mut Reader, at: &At<'_>) -> Option<HttpAuthorizer> {
    let kind = reader.words(at.get("type"));
    let scopes = reader.texts_or_functions(at.get("scopes"));
    if let (Some(kind), Some(id)) = (&kind, at.get("authorizerId")) {
        let id = reader.text_or_function(Some(id))?;
        // Asked for by this word, the signature is what counts, and no authorizer is named.
        return Some(if kind == "AWS_IAM" {
            HttpAuthorizer::AwsIam
        } else {
            HttpAuthorizer::Existing {
                kind: kind.clone(),
                id,
                scopes,
            }
        });
    }
    let is = |word: &str| {
        kind.as_deref()
            .is_some_and(|kind| kind.eq_ignore_ascii_case(word))
    };
    if is("aws_iam") {
        return Some(HttpAuthorizer::AwsIam);
    }
    let (name, judge) = judge(reader, at)?;
    Some(HttpAuthorizer::Made(Box::new(MadeAuthorizer {
        name,
        judge,
        identity_source: reader.words(at.get("identitySource")),
        identity_validation_expression: reader.text(at.get("identityValidationExpression")),
        result_ttl_in_seconds: Some(reader.whole(at.get("resultTtlInSeconds")).unwrap_or(TTL)),
        scopes,
        managed_externally: reader
            .truth(at.get("managedExternally"))
            .unwrap_or_default(),
        kind,
    })))
}

/// Who is asked, and the authorizer's name.
fn judge(reader: &mut Reader, at: &At<'_>) -> Option<(String, Judge)> {
    let name = reader.words(at.get("name"));
    let Some(arn) = at.get("arn") else {
        let Some(name) = name else {
            reader.conflict(
                at,
                format!("`{}` says neither whom to ask nor how callers sign", at.path),
                "Write `name: function`, `arn: arn:...`, `type: aws_iam`, or `type` with `authorizerId`",
            );
            return None;
        };
        reader.is_function_of_service(&at.get("name").unwrap_or_else(|| at.clone()), &name);
        return Some((name.clone(), Judge::Function(name)));
    };
    let value = reader.text_or_function(Some(arn.clone()))?;
    let name = name.or_else(|| value.as_str().map(end_of_arn));
    let Some(name) = name else {
        reader.conflict(
            at,
            format!(
                "`{}` has no `name`, and none can be read from a CloudFormation function",
                at.path
            ),
            "Give it a name: `name: my-authorizer`",
        );
        return None;
    };
    Some((name, Judge::Arn(value)))
}

/// Serverless names an authorizer after what stands behind the last hyphen of its ARN.
fn end_of_arn(arn: &str) -> String {
    let last = arn.rsplit(':').next().unwrap_or(arn);
    last.rsplit('-').next().unwrap_or(last).to_owned()
}

/// Claims that the function is told. A proxy integration hands all of them on and cannot choose.
pub(super) fn claims(
    reader: &mut Reader,
    at: Option<At<'_>>,
    integration: Integration,
) -> Vec<String> {
    let Some(at) = at.filter(|at| at.node.as_mapping().is_some()) else {
        return Vec::new();
    };
    let claims = reader.texts(at.get("claims"));
    let arn = at.get("arn").map(|arn| Judge::Arn(arn.node.to_json()));
    if integration == Integration::LambdaProxy
        && !claims.is_empty()
        && arn.is_some_and(|arn| arn.is_user_pool())
        && let Some(written) = at.get("claims")
    {
        reader.conflict(
            &written,
            format!(
                "`{}`: claims of a Cognito user pool can only be chosen with the lambda integration",
                written.path
            ),
            "Write `integration: lambda`, or leave `claims` out: the function gets all of them",
        );
    }
    claims
}
