//! The part that every stack has: the bucket that its releases lie in.

use serde_json::{Value, json};

use crate::draft::{Draft, Resource, tag_list};
use crate::intrinsics::{join, reference};
use crate::naming::{DEPLOYMENT_BUCKET, DEPLOYMENT_BUCKET_OUTPUT, DEPLOYMENT_BUCKET_POLICY};

/// Adds the deployment bucket, unless the user names one that exists, and the output with its name.
pub(crate) fn add(draft: &mut Draft<'_>) {
    let options = &draft.service.provider.deployment_bucket;
    if let Some(name) = &options.name {
        draft.output(DEPLOYMENT_BUCKET_OUTPUT, None, name.clone().into());
        return;
    }
    let encryption = json!({
        "ServerSideEncryptionConfiguration":
            [{ "ServerSideEncryptionByDefault": { "SSEAlgorithm": "AES256" } }]
    });
    let blocked = json!({
        "BlockPublicAcls": true,
        "BlockPublicPolicy": true,
        "IgnorePublicAcls": true,
        "RestrictPublicBuckets": true
    });
    let bucket = Resource::new("AWS::S3::Bucket")
        .with("BucketEncryption", encryption)
        .with_some(
            "Tags",
            (!options.tags.is_empty()).then(|| tag_list(&options.tags)),
        )
        .with_some(
            "PublicAccessBlockConfiguration",
            options.block_public_access.then_some(blocked),
        )
        .with_some(
            "VersioningConfiguration",
            options.versioning.then(|| json!({ "Status": "Enabled" })),
        );
    draft.add(
        DEPLOYMENT_BUCKET.into(),
        bucket,
        "provider.deploymentBucket",
    );
    if !options.skip_policy_setup {
        draft.put(DEPLOYMENT_BUCKET_POLICY.into(), bucket_policy());
    }
    draft.output(DEPLOYMENT_BUCKET_OUTPUT, None, reference(DEPLOYMENT_BUCKET));
}

/// Where Lambda finds the code.
pub(crate) fn name(draft: &Draft<'_>) -> Value {
    match &draft.service.provider.deployment_bucket.name {
        Some(name) => name.clone().into(),
        None => reference(DEPLOYMENT_BUCKET),
    }
}

/// Refuses whoever speaks to the bucket without TLS.
fn bucket_policy() -> Resource {
    let statement = json!({
        "Action": "s3:*",
        "Effect": "Deny",
        "Principal": "*",
        "Resource": [bucket_arn(Some("/*")), bucket_arn(None)],
        "Condition": { "Bool": { "aws:SecureTransport": false } }
    });
    Resource::new("AWS::S3::BucketPolicy")
        .with("Bucket", reference(DEPLOYMENT_BUCKET))
        .with("PolicyDocument", json!({ "Statement": [statement] }))
}

fn bucket_arn(objects: Option<&str>) -> Value {
    let mut parts = vec![
        "arn:".into(),
        reference("AWS::Partition"),
        ":s3:::".into(),
        reference(DEPLOYMENT_BUCKET),
    ];
    parts.extend(objects.map(Value::from));
    join("", parts)
}
