//! Files that buckets serve, by S3.

use std::collections::BTreeMap;

use aws_sdk_s3::Client;
use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::operation::put_object::builders::PutObjectFluentBuilder;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ObjectCannedAcl, ServerSideEncryption, StorageClass, Tag, Tagging,
};
use aws_smithy_types::base64;
use pilothouse_effects::{CloudProblem, Effect, FileUpload, FoundFile, Served, SyncedFiles};

use crate::objects::{DIGEST_NAME, digest_of, refused};
use crate::problem;

/// What values of one's own begin with.
const OWN: &str = "Metadata:";
/// The class of storage that S3 does not name.
const USUAL_CLASS: &str = "STANDARD";
/// What a bucket without tags is refused with.
const NO_TAGS: &str = "NoSuchTagSet";

/// Files in buckets by S3.
#[derive(Debug)]
pub(crate) struct SdkSyncedFiles(Client);

impl SdkSyncedFiles {
    pub(crate) const fn new(client: Client) -> Self {
        Self(client)
    }
}

impl SyncedFiles for SdkSyncedFiles {
    fn look<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<Option<FoundFile>, CloudProblem>> {
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
                Ok(answer) => Ok(Some(found(&answer))),
                Err(CloudProblem::NotFound { .. }) => Ok(None),
                Err(problem) => Err(problem),
            }
        })
    }

    fn send<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        upload: &'a FileUpload,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "s3:PutObject";
            let body = ByteStream::from_path(&upload.path).await;
            let body = body.map_err(|error| refused(CALL, &error))?;
            let digest = base64::encode(upload.digest.as_bytes());
            let request = self
                .0
                .put_object()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .key(&upload.key)
                .checksum_algorithm(ChecksumAlgorithm::Sha256)
                .checksum_sha256(&digest)
                .metadata(DIGEST_NAME, digest)
                .body(body);
            let sent = served_with(request, &upload.served).send().await;
            sent.map_err(|error| problem::of(CALL, error))?;
            Ok(())
        })
    }

    fn tags<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
    ) -> Effect<'a, Result<BTreeMap<String, String>, CloudProblem>> {
        Box::pin(async move {
            let asked = self
                .0
                .get_bucket_tagging()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .send()
                .await;
            match asked.map_err(|error| problem::of("s3:GetBucketTagging", error)) {
                Ok(answer) => {
                    let tags = answer.tag_set.into_iter();
                    Ok(tags.map(|tag| (tag.key, tag.value)).collect())
                }
                Err(CloudProblem::Refused { name, .. }) if name == NO_TAGS => Ok(BTreeMap::new()),
                Err(problem) => Err(problem),
            }
        })
    }

    fn set_tags<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        tags: &'a BTreeMap<String, String>,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        Box::pin(async move {
            const CALL: &str = "s3:PutBucketTagging";
            let tag = |(key, value): (&String, &String)| {
                let built = Tag::builder().key(key).value(value).build();
                built.map_err(|error| refused(CALL, &error))
            };
            let all: Vec<Tag> = tags.iter().map(tag).collect::<Result<_, CloudProblem>>()?;
            let tagging = Tagging::builder().set_tag_set(Some(all)).build();
            let sent = self
                .0
                .put_bucket_tagging()
                .bucket(bucket)
                .expected_bucket_owner(owner)
                .tagging(tagging.map_err(|error| refused(CALL, &error))?)
                .send()
                .await;
            sent.map_err(|error| problem::of(CALL, error))?;
            Ok(())
        })
    }
}

fn served_with(request: PutObjectFluentBuilder, served: &Served) -> PutObjectFluentBuilder {
    served
        .iter()
        .fold(request, |request, (name, value)| match name.as_str() {
            "ContentType" => request.content_type(value),
            "CacheControl" => request.cache_control(value),
            "ContentEncoding" => request.content_encoding(value),
            "ContentDisposition" => request.content_disposition(value),
            "ContentLanguage" => request.content_language(value),
            "WebsiteRedirectLocation" => request.website_redirect_location(value),
            "StorageClass" => request.storage_class(StorageClass::from(value.as_str())),
            "ACL" => request.acl(ObjectCannedAcl::from(value.as_str())),
            "ServerSideEncryption" => {
                request.server_side_encryption(ServerSideEncryption::from(value.as_str()))
            }
            "SSEKMSKeyId" => request.ssekms_key_id(value),
            _ => match name.strip_prefix(OWN) {
                Some(own) => request.metadata(own, value),
                None => request,
            },
        })
}

fn found(answer: &HeadObjectOutput) -> FoundFile {
    let mut served = Served::new();
    let class = answer.storage_class().map(StorageClass::as_str);
    let said = [
        ("ContentType", answer.content_type()),
        ("CacheControl", answer.cache_control()),
        ("ContentEncoding", answer.content_encoding()),
        ("ContentDisposition", answer.content_disposition()),
        ("ContentLanguage", answer.content_language()),
        (
            "WebsiteRedirectLocation",
            answer.website_redirect_location(),
        ),
        ("StorageClass", class.filter(|class| *class != USUAL_CLASS)),
    ];
    for (name, value) in said {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            served.insert(name.to_owned(), value.to_owned());
        }
    }
    let mut digest = None;
    for (name, value) in answer.metadata().into_iter().flatten() {
        if name == DIGEST_NAME {
            digest = digest_of(value);
        } else {
            served.insert(format!("{OWN}{name}"), value.clone());
        }
    }
    // Of what came in parts, or is encrypted by a key of KMS's, the mark is no MD5.
    let mark = answer.e_tag().map(|mark| mark.trim_matches('"').to_owned());
    FoundFile {
        digest,
        md5: mark.filter(|mark| mark.len() == 32),
        served,
    }
}
