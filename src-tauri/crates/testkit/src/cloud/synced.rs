//! Files that buckets serve.

use std::collections::BTreeMap;

use pilothouse_effects::{
    CloudProblem, Effect, FileUpload, FoundFile, Sealing, Served, SyncedFiles,
};
use pilothouse_model::Digest;

use super::state::Kept;
use super::{FakeCloud, not_found};

impl FakeCloud {
    /// What a file of a bucket is served with.
    pub fn served(&self, bucket: &str, key: &str) -> Option<Served> {
        let state = self.state();
        let kept = state.buckets.get(bucket)?.get(key)?;
        Some(kept.served.clone())
    }

    /// Something else than a deploy puts a file there.
    pub fn put_by_others(&self, bucket: &str, key: &str) {
        let kept = Kept {
            digest: Digest::of(b""),
            text: None,
            served: Served::new(),
            by_others: true,
            sealing: Sealing::default(),
        };
        if let Some(objects) = self.state().buckets.get_mut(bucket) {
            objects.insert(key.to_owned(), kept);
        }
    }

    /// The tags of a bucket.
    pub fn tags_of(&self, bucket: &str) -> BTreeMap<String, String> {
        let state = self.state();
        state.bucket_tags.get(bucket).cloned().unwrap_or_default()
    }
}

impl SyncedFiles for FakeCloud {
    fn look<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<Option<FoundFile>, CloudProblem>> {
        self.call("s3:HeadObject", |state| {
            let kept = state.buckets.get(bucket).and_then(|all| all.get(key));
            Ok(kept.map(|kept| FoundFile {
                digest: (!kept.by_others).then_some(kept.digest),
                md5: None,
                served: kept
                    .served
                    .iter()
                    .filter(|(name, _)| *name != "ACL")
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect(),
            }))
        })
    }

    fn send<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        upload: &'a FileUpload,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "s3:PutObject (s3Sync)";
        self.call(CALL, |state| {
            let objects = state.buckets.get_mut(bucket);
            let objects = objects.ok_or_else(|| not_found(CALL, bucket))?;
            let kept = Kept {
                digest: upload.digest,
                text: None,
                served: upload.served.clone(),
                by_others: false,
                sealing: Sealing::default(),
            };
            objects.insert(upload.key.clone(), kept);
            Ok(())
        })
    }

    fn tags<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
    ) -> Effect<'a, Result<BTreeMap<String, String>, CloudProblem>> {
        self.call("s3:GetBucketTagging", |state| {
            Ok(state.bucket_tags.get(bucket).cloned().unwrap_or_default())
        })
    }

    fn set_tags<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        tags: &'a BTreeMap<String, String>,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("s3:PutBucketTagging", |state| {
            state.bucket_tags.insert(bucket.to_owned(), tags.clone());
            Ok(())
        })
    }
}
