//! serverless-s3-sync: folders of the project go to buckets after a deploy.

use super::BuiltIn;
use crate::schema::{Key, Shape};

static HEADERS: &[Key] = &[
    Key::new("CacheControl", Shape::Text, "How long browsers keep it"),
    Key::new(
        "ContentType",
        Shape::Text,
        "Its media type, in place of the one its ending says",
    ),
    Key::new(
        "ContentEncoding",
        Shape::Text,
        "How it is compressed, such as `gzip`",
    ),
    Key::new(
        "ContentDisposition",
        Shape::Text,
        "Whether browsers show it or save it, and as what",
    ),
    Key::new("ContentLanguage", Shape::Text, "Its language"),
    Key::new(
        "WebsiteRedirectLocation",
        Shape::Text,
        "Where a website sends whoever asks for it",
    ),
    Key::new(
        "StorageClass",
        Shape::Text,
        "S3's class of storage, such as `STANDARD_IA`",
    ),
    Key::new("ACL", Shape::Text, "Who may read it, as one of S3's words"),
    Key::new(
        "ServerSideEncryption",
        Shape::Text,
        "How S3 encrypts it: `AES256` or `aws:kms`",
    ),
    Key::new("SSEKMSKeyId", Shape::Text, "The key it is encrypted with"),
    Key::new(
        "Metadata",
        Shape::Named(&Shape::Text),
        "Values of your own that are kept with it",
    ),
    Key::new(
        "OnlyForEnv",
        Shape::Text,
        "The one stage that it is uploaded for",
    ),
];
static OF_FILE: Shape = Shape::Keys(HEADERS, &[]);
static OF_FILES: Shape = Shape::Named(&OF_FILE);

static FOLDER: &[Key] = &[
    Key::new("bucketName", Shape::Text, "The bucket"),
    Key::new(
        "bucketNameKey",
        Shape::Text,
        "The output of the stack that names the bucket",
    ),
    Key::new(
        "bucketPrefix",
        Shape::Text,
        "What keys in the bucket begin with; nothing when absent",
    ),
    Key::new("localDir", Shape::Text, "The folder of the project"),
    Key::new(
        "deleteRemoved",
        Shape::Truth,
        "Whether what is not in the folder any more is deleted from the bucket; true unless false",
    ),
    Key::new(
        "acl",
        Shape::Text,
        "Who may read the files, as one of S3's words; `private` when absent",
    ),
    Key::new(
        "followSymlinks",
        Shape::Truth,
        "Whether links to files of the project count as files",
    ),
    Key::new(
        "defaultContentType",
        Shape::Text,
        "The media type of files whose ending says none",
    ),
    Key::new(
        "params",
        Shape::List(&OF_FILES),
        "What files are served with, by globs; the last that matches counts",
    ),
    Key::new(
        "bucketTags",
        Shape::Named(&Shape::Text),
        "Tags that the bucket gets beside its own",
    ),
    Key::new("enabled", Shape::Truth, "False: this folder is passed over"),
    Key::new(
        "preCommand",
        Shape::Text,
        "A command that is run first; refused, for it is code: run it before the deploy",
    ),
];
static ONE: Shape = Shape::Keys(FOLDER, &["localDir"]);
const FOLDERS: Shape = Shape::List(&ONE);

static SETTINGS: &[Key] = &[
    Key::new("buckets", FOLDERS, "The folders"),
    Key::new(
        "noSync",
        Shape::Truth,
        "True: nothing is uploaded or deleted",
    ),
    Key::without_effect(
        "endpoint",
        "files go where the service is deployed, the sandbox included",
    ),
    Key::without_effect("hooks", "files go up when the stack stands"),
];

pub(super) static S3_SYNC: BuiltIn = BuiltIn {
    names: &["serverless-s3-sync"],
    doc: "Uploads folders of the project to buckets after a deploy, and deletes what is gone",
    custom: &[(
        "s3Sync",
        Shape::Either(&[FOLDERS, Shape::Keys(SETTINGS, &[])]),
    )],
    function: &[],
};
