//! Buckets that the stack makes for events.

use indexmap::IndexMap;
use pilothouse_model::Code;
use pilothouse_service::types::{Event, S3Event};
use serde_json::{Map, Value, json};

use super::NOTIFICATION;
use crate::draft::{Draft, Resource};
use crate::intrinsics::{join, reference};
use crate::naming;
use crate::target::Target;

/// A bucket, with what its events ask for.
#[derive(Debug, Default)]
struct Bucket {
    /// Its key in `provider.s3`, when it has one.
    reference: Option<String>,
    notifications: Vec<Value>,
    /// The functions that are called, once for each event, as with Serverless: the user's own resource may be laid
    /// over the bucket, place by place.
    functions: Vec<String>,
    /// The path of the first event.
    path: String,
}

impl Bucket {
    /// What it is called in logical ids.
    fn called<'a>(&'a self, name: &'a str) -> &'a str {
        self.reference.as_deref().unwrap_or(name)
    }
}

pub(super) fn add(draft: &mut Draft<'_>) {
    for (name, bucket) in &gather(draft) {
        add_bucket(draft, name, bucket);
        for key in &bucket.functions {
            let source = join(
                "",
                vec![
                    "arn:".into(),
                    reference("AWS::Partition"),
                    format!(":s3:::{name}").into(),
                ],
            );
            let permission = Target::of(draft, key)
                .permission("s3.amazonaws.com", source)
                .with("SourceAccount", reference("AWS::AccountId"));
            let id = naming::bucket_permission_id(key, bucket.called(name));
            draft.merge(
                id,
                permission,
                &format!("the bucket `{name}`"),
                &bucket.path,
            );
        }
    }
}

/// The buckets by their names, in the order in which events name them.
fn gather(draft: &Draft<'_>) -> IndexMap<String, Bucket> {
    let mut buckets: IndexMap<String, Bucket> = IndexMap::new();
    for (key, function) in &draft.service.functions {
        for (at, event) in function.events.iter().enumerate() {
            let Event::S3(event) = event else { continue };
            let Some(written) = event.bucket.as_str().filter(|_| !event.existing) else {
                continue;
            };
            let known = draft.service.provider.s3.get(written);
            let named = known.and_then(|bucket| bucket.get("name")?.as_str());
            let bucket = buckets
                .entry(named.unwrap_or(written).to_owned())
                .or_insert_with(|| Bucket {
                    path: format!("functions.{key}.events.{at}.s3"),
                    ..Bucket::default()
                });
            if known.is_some() {
                bucket.reference = Some(written.to_owned());
            }
            bucket.notifications.push(notification(draft, key, event));
            bucket.functions.push(key.clone());
        }
    }
    buckets
}

fn notification(draft: &Draft<'_>, key: &str, event: &S3Event) -> Value {
    let mut notification = Map::new();
    let kind = event.event.as_deref().filter(|kind| !kind.is_empty());
    notification.insert("Event".into(), kind.unwrap_or(NOTIFICATION).into());
    notification.insert("Function".into(), Target::of(draft, key).arn);
    if event.has_rules {
        let rules: Vec<Value> = event
            .rules
            .iter()
            .map(|(name, value)| json!({ "Name": name, "Value": value }))
            .collect();
        notification.insert("Filter".into(), json!({ "S3Key": { "Rules": rules } }));
    }
    notification.into()
}

fn add_bucket(draft: &mut Draft<'_>, name: &str, bucket: &Bucket) {
    let settings = bucket
        .reference
        .as_ref()
        .and_then(|reference| draft.service.provider.s3.get(reference));
    let mut notifications = Map::new();
    notifications.insert(
        "LambdaConfigurations".into(),
        bucket.notifications.clone().into(),
    );
    let mut resource = Resource::new("AWS::S3::Bucket").with("BucketName", name);
    for (key, value) in settings.into_iter().flatten() {
        match (key.as_str(), value) {
            ("name", _) => {}
            ("notificationConfiguration", Value::Object(written)) => {
                if written.contains_key("LambdaConfigurations") {
                    let path = format!(
                        "provider.s3.{}.notificationConfiguration",
                        bucket.called(name)
                    );
                    draft.warn(
                        Code::ConfigConflict,
                        &path,
                        format!("`{path}.LambdaConfigurations` takes the place of the events of `{name}`"),
                        "Write these as `s3` events of functions",
                    );
                }
                notifications.extend(written.clone());
            }
            (key, value) => resource = resource.with(&naming::first_upper(key), value.clone()),
        }
    }
    let before: Vec<String> = bucket
        .functions
        .iter()
        .flat_map(|key| {
            let permission = naming::bucket_permission_id(key, bucket.called(name));
            [Some(permission), Target::of(draft, key).alias]
        })
        .flatten()
        .collect();
    let resource = resource
        .with("NotificationConfiguration", notifications)
        .depends_on(before);
    let id = naming::bucket_id(bucket.called(name));
    draft.merge(id, resource, &format!("the bucket `{name}`"), &bucket.path);
}
