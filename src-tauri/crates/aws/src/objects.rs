//! S3.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, Delete, ObjectIdentifier, ServerSideEncryption};
use aws_smithy_types::base64;
use pilothouse_effects::{CloudProblem, Effect, ObjectBody, ObjectUpload, Objects, Sealing};
use pilothouse_model::Digest;

use crate::problem;

/// The name of what is kept with an object: its SHA-256 in base64.
pub(crate) const DIGEST_NAME: &str = "filesha256";
/// The most objects that one call deletes.
const DELETED_AT_ONCE: usize = 1000;

/// Buckets by S3.
#[derive(Debug)]
pub(crate) struct SdkObjects(Client);

impl SdkObjects {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }

    async fn delete_all(
        &self,
        bucket: &str,
        owner: &str,
        objects: Vec<ObjectIdentifier>,
    ) -> Result<(), CloudProblem> {
        const CALL: &str = "s3:DeleteObjects";
        for part in objects.chunks(DELETED_AT_ONCE) {
            let what = Delete::builder()
                .set_objects(Some(part.to_vec()))
                .quiet(true)
                .build()
                .map_err(|error| refused(CALL, &error))?;
            let answer = self
                .0
                .delete_objects()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .delete(what)
                .send()
                .await
                .map_err(|error| problem::of(CALL, error))?;
            if let Some(error) = answer.errors().first() {
                return Err(CloudProblem::Refused {
                    call: CALL,
                    name: error.code.clone().unwrap_or_default(),
                    reason: format!(
                        "{}: {}",
                        error.key.as_deref().unwrap_or_default(),
                        error.message.as_deref().unwrap_or_default()
                    ),
                });
            }
        }
        Ok(())
    }
}

fn method(sealing: &Sealing) -> Option<ServerSideEncryption> {
    sealing.method.as_deref().map(ServerSideEncryption::from)
}

impl Objects for SdkObjects {
    fn put<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        upload: &'a ObjectUpload,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "s3:PutObject";
            let body = match &upload.body {
                ObjectBody::Bytes(bytes) => ByteStream::from(bytes.clone()),
                ObjectBody::File(path) => ByteStream::from_path(path)
                    .await
                    .map_err(|error| refused(CALL, &error))?,
            };
            let digest = base64::encode(upload.digest.as_bytes());
            self.0
                .put_object()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .key(&upload.key)
                .content_type(upload.content_type)
                .checksum_algorithm(ChecksumAlgorithm::Sha256)
                .checksum_sha256(&digest)
                // The name that Serverless keeps it under, so that both know what lies there.
                .metadata(DIGEST_NAME, digest)
                .set_server_side_encryption(method(&upload.sealing))
                .set_ssekms_key_id(upload.sealing.key.clone())
                .body(body)
                .send()
                .await
                .map_err(|error| problem::of(CALL, error))?;
            Ok(())
        })
    }

    fn copy<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        from: &'a str,
        to: &'a str,
        sealing: &'a Sealing,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            self.0
                .copy_object()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .expected_source_bucket_owner(owner)
                .copy_source(format!("{bucket}/{}", url_encoded(from)))
                .key(to)
                .set_server_side_encryption(method(sealing))
                .set_ssekms_key_id(sealing.key.clone())
                .send()
                .await
                .map_err(|error| problem::of("s3:CopyObject", error))?;
            Ok(())
        })
    }

    fn digest<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<Option<Digest>, CloudProblem>> {
        Box::pin(async move {
            let asked = self
                .0
                .head_object()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .key(key)
                .send()
                .await;
            match asked.map_err(|error| problem::of("s3:HeadObject", error)) {
                Ok(answer) => Ok(answer
                    .metadata()
                    .and_then(|kept| kept.get(DIGEST_NAME))
                    .and_then(|text| digest_of(text))),
                Err(CloudProblem::NotFound { .. }) => Ok(None),
                Err(problem) => Err(problem),
            }
        })
    }

    fn list<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        prefix: &'a str,
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        Box::pin(async move {
            let mut pages = self
                .0
                .list_objects_v2()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .prefix(prefix)
                .into_paginator()
                .send();
            let mut keys = Vec::new();
            while let Some(page) = pages.next().await {
                let page = page.map_err(|error| problem::of("s3:ListObjectsV2", error))?;
                let found = page.contents.unwrap_or_default();
                keys.extend(found.into_iter().filter_map(|object| object.key));
            }
            Ok(keys)
        })
    }

    fn delete<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        keys: &'a [String],
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            let objects = identifiers(keys.iter().map(|key| (key.clone(), None)))?;
            self.delete_all(bucket, owner, objects).await
        })
    }

    fn empty<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
    ) -> Effect<'a, Result<usize, CloudProblem>> {
        Box::pin(async move {
            let mut found = Vec::new();
            let (mut key, mut version) = (None, None);
            loop {
                let page = self
                    .0
                    .list_object_versions()
                    .bucket(bucket)
                    .expected_bucket_owner(owner)
                    .set_key_marker(key)
                    .set_version_id_marker(version)
                    .send()
                    .await
                    .map_err(|error| problem::of("s3:ListObjectVersions", error))?;
                let versions = page.versions.unwrap_or_default().into_iter();
                found.extend(versions.filter_map(|v| Some((v.key?, v.version_id))));
                let markers = page.delete_markers.unwrap_or_default().into_iter();
                found.extend(markers.filter_map(|m| Some((m.key?, m.version_id))));
                if page.next_key_marker.is_none() {
                    break;
                }
                (key, version) = (page.next_key_marker, page.next_version_id_marker);
            }
            let objects = identifiers(found)?;
            let count = objects.len();
            self.delete_all(bucket, owner, objects).await?;
            Ok(count)
        })
    }
}

fn identifiers(
    objects: impl IntoIterator<Item = (String, Option<String>)>,
) -> Result<Vec<ObjectIdentifier>, CloudProblem> {
    let identifier = |(key, version): (String, Option<String>)| {
        ObjectIdentifier::builder()
            .key(key)
            .set_version_id(version)
            .build()
            .map_err(|error| refused("s3:DeleteObjects", &error))
    };
    objects.into_iter().map(identifier).collect()
}

pub(crate) fn refused(call: &'static str, error: &dyn std::error::Error) -> CloudProblem {
    CloudProblem::Refused {
        call,
        name: "before it was sent".to_owned(),
        reason: error.to_string(),
    }
}

/// A digest from its base64.
pub(crate) fn digest_of(text: &str) -> Option<Digest> {
    let bytes = base64::decode(text).ok()?;
    bytes.try_into().ok().map(Digest::from_bytes)
}

/// A key as it stands in the header that names the source of a copy.
fn url_encoded(key: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    let mut text = String::with_capacity(key.len());
    for byte in key.bytes() {
        if plain(byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_with_a_moment_in_it_is_encoded_for_the_header() {
        assert_eq!(
            url_encoded("serverless/a b/2026-11-23T04:07:00.310Z/é.zip"),
            "serverless/a%20b/2026-11-23T04%3A07%3A00.310Z/%C3%A9.zip"
        );
    }
}
