//! Files that a bucket serves, with what they are served with.

use std::collections::BTreeMap;

use pilothouse_model::Digest;

use crate::{CloudProblem, Effect};

/// What a file is served with, by S3's names of it: `ContentType`, `CacheControl`, ..., `ACL`; values of one's own
/// as `Metadata:<name>`.
pub type Served = BTreeMap<String, String>;

/// A file to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileUpload {
    /// Its key.
    pub key: String,
    /// The file of this computer; streamed.
    pub path: String,
    /// The SHA-256 of its content: sent along, so that the service refuses other bytes, and kept with it.
    pub digest: Digest,
    /// What it is served with.
    pub served: Served,
}

/// A file that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundFile {
    /// The digest that was kept with it.
    pub digest: Option<Digest>,
    /// The MD5 of its content in hexadecimal, as far as S3 knows it.
    pub md5: Option<String>,
    /// What it is served with, but for its `ACL`, which S3 does not say with it.
    pub served: Served,
}

/// Files in buckets. Each call names the account that must own the bucket.
pub trait SyncedFiles: Send + Sync + std::fmt::Debug {
    /// A file; none when it is not there.
    fn look<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<Option<FoundFile>, CloudProblem>>;

    /// Puts a file, replacing the one of that key.
    fn send<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        upload: &'a FileUpload,
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// The tags of a bucket.
    fn tags<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
    ) -> Effect<'a, Result<BTreeMap<String, String>, CloudProblem>>;

    /// Gives a bucket these tags and no others.
    fn set_tags<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        tags: &'a BTreeMap<String, String>,
    ) -> Effect<'a, Result<(), CloudProblem>>;
}
