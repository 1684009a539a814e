//! Buckets, in the words of a deploy.

use pilothouse_model::Digest;

use crate::{CloudProblem, Effect};

/// What is put into a bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectBody {
    /// Bytes in memory.
    Bytes(Vec<u8>),
    /// A file of this computer, by its path; streamed.
    File(String),
}

/// An object to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectUpload {
    /// Its key.
    pub key: String,
    /// Its content.
    pub body: ObjectBody,
    /// The SHA-256 of its content: sent along, so that the service refuses other bytes, and kept with the object.
    pub digest: Digest,
    /// Its media type.
    pub content_type: &'static str,
    /// How it is encrypted there.
    pub sealing: Sealing,
}

/// How objects are encrypted in a bucket; what is absent is the bucket's own way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sealing {
    /// `AES256` or `aws:kms`.
    pub method: Option<String>,
    /// The key of `aws:kms`.
    pub key: Option<String>,
}

/// Buckets. Each call names the account that must own the bucket: one that somebody else made under the name
/// that we expect is refused instead of being written to.
pub trait Objects: Send + Sync + std::fmt::Debug {
    /// Puts an object, replacing the one of that key.
    fn put<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        upload: &'a ObjectUpload,
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// Copies an object inside the bucket, with what is kept with it.
    fn copy<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        from: &'a str,
        to: &'a str,
        sealing: &'a Sealing,
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// The digest that was kept with an object when it was put; none when there is no such object or digest.
    fn digest<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<Option<Digest>, CloudProblem>>;

    /// Every key below a prefix.
    fn list<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        prefix: &'a str,
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>>;

    /// Deletes objects; those that are gone already do not matter.
    fn delete<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
        keys: &'a [String],
    ) -> Effect<'a, Result<(), CloudProblem>>;

    /// Deletes everything in a bucket, every version of it.
    fn empty<'a>(
        &'a self,
        bucket: &'a str,
        owner: &'a str,
    ) -> Effect<'a, Result<usize, CloudProblem>>;
}
