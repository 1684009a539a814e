//! Folders of the project that go to buckets.

use indexmap::IndexMap;

/// One of `custom.s3Sync`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedFolder {
    /// Its folder, relative to the project's.
    pub folder: String,
    /// Where to.
    pub bucket: SyncedBucket,
    /// What keys begin with: nothing, or a path that ends in `/`.
    pub prefix: String,
    /// Whether what is not in the folder is deleted from the bucket.
    pub deletes: bool,
    /// Who may read the files, as one of S3's words.
    pub acl: String,
    /// Whether links to files of the project count.
    pub follows_links: bool,
    /// The media type of files whose ending says none.
    pub default_type: Option<String>,
    /// What files are served with, by globs; the last that matches counts.
    pub rules: Vec<SyncedRule>,
    /// Tags that the bucket gets.
    pub tags: IndexMap<String, String>,
    /// Where it is written, a configuration path.
    pub path: String,
}

/// A bucket, by its name or by the output of the stack that names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncedBucket {
    /// `bucketName`.
    Name(String),
    /// `bucketNameKey`.
    Output(String),
}

/// What files that match a glob are served with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncedRule {
    /// The glob, relative to the folder.
    pub glob: String,
    /// By S3's names, such as `CacheControl`; values of one's own as `Metadata:<name>`.
    pub headers: IndexMap<String, String>,
    /// The one stage that they are uploaded for.
    pub only_for: Option<String>,
}
