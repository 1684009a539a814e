//! Buckets.

use pilothouse_effects::{
    CloudProblem, Effect, ObjectBody, ObjectUpload, Objects, Sealing, Served,
};
use pilothouse_model::Digest;

use super::state::Kept;
use super::{FakeCloud, not_found};

impl Objects for FakeCloud {
    fn put<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        upload: &'a ObjectUpload,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "s3:PutObject";
        self.call(CALL, |state| {
            let objects = state.buckets.get_mut(bucket);
            let objects = objects.ok_or_else(|| not_found(CALL, bucket))?;
            let text = match &upload.body {
                ObjectBody::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
                ObjectBody::File(_) => None,
            };
            let digest = upload.digest;
            let served = Served::new();
            let sealing = upload.sealing.clone();
            let kept = Kept {
                digest,
                text,
                served,
                by_others: false,
                sealing,
            };
            objects.insert(upload.key.clone(), kept);
            Ok(())
        })
    }

    fn copy<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        from: &'a str,
        to: &'a str,
        sealing: &'a Sealing,
    ) -> Effect<'a, Result<(), CloudProblem>> {
        const CALL: &str = "s3:PutObject";
        self.call(CALL, |state| {
            let objects = state.buckets.get_mut(bucket);
            let objects = objects.ok_or_else(|| not_found(CALL, bucket))?;
            let mut kept = objects
                .get(from)
                .cloned()
                .ok_or_else(|| not_found(CALL, from))?;
            kept.sealing = sealing.clone();
            objects.insert(to.to_owned(), kept);
            Ok(())
        })
    }

    fn digest<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        key: &'a str,
    ) -> Effect<'a, Result<Option<Digest>, CloudProblem>> {
        self.call("s3:HeadObject", |state| {
            Ok(state
                .buckets
                .get(bucket)
                .and_then(|all| all.get(key))
                .map(|kept| kept.digest))
        })
    }

    fn list<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        prefix: &'a str,
    ) -> Effect<'a, Result<Vec<String>, CloudProblem>> {
        const CALL: &str = "s3:ListObjectsV2";
        self.call(CALL, |state| {
            let objects = state
                .buckets
                .get(bucket)
                .ok_or_else(|| not_found(CALL, bucket))?;
            Ok(objects
                .keys()
                .filter(|key| key.starts_with(prefix))
                .cloned()
                .collect())
        })
    }

    fn delete<'a>(
        &'a self,
        bucket: &'a str,
        _: &'a str,
        keys: &'a [String],
    ) -> Effect<'a, Result<(), CloudProblem>> {
        self.call("s3:DeleteObjects", |state| {
            if let Some(objects) = state.buckets.get_mut(bucket) {
                objects.retain(|key, _| !keys.contains(key));
            }
            Ok(())
        })
    }

    fn empty<'a>(&'a self, bucket: &'a str, _: &'a str) -> Effect<'a, Result<usize, CloudProblem>> {
        const CALL: &str = "s3:DeleteObjects";
        self.call(CALL, |state| {
            let objects = state
                .buckets
                .get_mut(bucket)
                .ok_or_else(|| not_found(CALL, bucket))?;
            let count = objects.len();
            objects.clear();
            Ok(count)
        })
    }
}
