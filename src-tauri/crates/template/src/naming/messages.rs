//! Names of what events of buckets, topics, queues, streams, brokers and user pools become.

use pilothouse_service::Service;

use super::{first_upper, normalized};

/// A name as a part of a logical id: its letters and digits, the first in upper case.
fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    first_upper(&plain)
}

/// As [`plain`], and at most so long.
fn plain_up_to(name: &str, most: usize) -> String {
    plain(name).chars().take(most).collect()
}

/// A bucket that events make, by its name or its key in `provider.s3`.
pub fn bucket_id(bucket: &str) -> String {
    format!("S3Bucket{}", plain(bucket))
}

/// The bucket's permission to call a function.
pub fn bucket_permission_id(key: &str, bucket: &str) -> String {
    format!("{}LambdaPermission{}S3", normalized(key), plain(bucket))
}

/// A topic that events make.
pub fn topic_id(topic: &str) -> String {
    format!("SNSTopic{}", plain(topic))
}

/// A function's subscription to a topic.
pub fn subscription_id(key: &str, topic: &str) -> String {
    format!("{}SnsSubscription{}", normalized(key), plain(topic))
}

/// The topic's permission to call a function.
pub fn topic_permission_id(key: &str, topic: &str) -> String {
    format!("{}LambdaPermission{}SNS", normalized(key), plain(topic))
}

/// What lets a topic put messages that a function did not take into a queue.
pub fn dead_letter_policy_id(key: &str, topic: &str) -> String {
    format!("{}To{}DLQPolicy", plain(topic), normalized(key))
}

/// How a function gets the messages of a queue.
pub fn queue_mapping_id(key: &str, queue: &str) -> String {
    format!("{}EventSourceMappingSQS{}", normalized(key), plain(queue))
}

/// How a function gets the records of a stream; `kind` is `dynamodb` or `kinesis`.
pub fn stream_mapping_id(key: &str, kind: &str, stream: &str) -> String {
    let (function, kind) = (normalized(key), first_upper(kind));
    format!("{function}EventSourceMapping{kind}{}", plain(stream))
}

/// The name of the consumer that a function reads a stream by.
pub fn stream_consumer_name(service: &Service, key: &str, stream: &str) -> String {
    if service.provider.names_consumers_by_service {
        format!("{key}{stream}{}{}Consumer", service.name, service.stage)
    } else {
        format!("{key}{stream}Consumer")
    }
}

/// The consumer, by its name.
pub fn stream_consumer_id(name: &str) -> String {
    format!("{}StreamConsumer", normalized(name))
}

/// How a function gets the messages of a topic of managed Kafka. Both names are cut, for an id has 255 characters.
pub fn msk_mapping_id(key: &str, cluster: &str, topic: &str) -> String {
    let (cluster, topic) = (plain_up_to(cluster, 79), plain_up_to(topic, 79));
    format!("{}EventSourceMappingMSK{cluster}{topic}", normalized(key))
}

/// How a function gets the messages of a topic of Kafka.
pub fn kafka_mapping_id(key: &str, topic: &str) -> String {
    let topic = plain_up_to(topic, 158);
    format!("{}EventSourceMappingKafka{topic}", normalized(key))
}

/// How a function gets the messages of a broker; `broker` is `ActiveMQ` or `RabbitMQ`.
pub fn broker_mapping_id(key: &str, broker: &str, queue: &str) -> String {
    let queue = plain_up_to(queue, 150);
    format!("{}EventSourceMapping{broker}{queue}", normalized(key))
}

/// A user pool that events make.
pub fn user_pool_id(pool: &str) -> String {
    format!("CognitoUserPool{}", plain(pool))
}

/// The user pool's permission to call a function for a trigger.
pub fn user_pool_permission_id(key: &str, pool: &str, trigger: &str) -> String {
    format!(
        "{}LambdaPermissionCognitoUserPool{}TriggerSource{}",
        normalized(key),
        plain(pool),
        plain(trigger)
    )
}
