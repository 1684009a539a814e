//! Events that bring messages, as they are shown.

use super::*;

const MESSAGES: &str = "service: shop
provider: {name: aws, runtime: python3.13}
functions:
  hello:
    handler: app.main
    events:
      - s3: photos
      - s3: {bucket: legacy, existing: true}
      - sns: {arn: 'arn:aws:sns:us-east-1:1:news', filterPolicy: {a: [b]}}
      - sqs: {arn: {'Fn::GetAtt': [Jobs, Arn]}, enabled: false}
      - stream: {type: dynamodb, arn: {'Fn::GetAtt': [Notes, StreamArn]}}
      - kafka: {topic: orders, bootstrapServers: [a], accessConfigurations: {}}
      - cognitoUserPool: {pool: My Pool, trigger: PreSignUp}
resources:
  Resources:
    Jobs: {Type: AWS::SQS::Queue}
    Notes: {Type: AWS::DynamoDB::Table}
";

#[test]
fn an_event_says_what_it_is_about() {
    let shop = example(MESSAGES);
    let shown = functions(&shop.service, &shop.origins());
    let events: Vec<String> = shown
        .iter()
        .flat_map(|one| &one.events)
        .map(|event| {
            let (kind, words) = (&event.kind_words, &event.words);
            format!("{kind}: {words} [{}]", event.notes.join(", "))
        })
        .collect();
    assert_eq!(
        events,
        [
            "S3 bucket: photos s3:ObjectCreated:* []",
            "S3 bucket: legacy s3:ObjectCreated:* [exists already]",
            "SNS topic: news [exists already, filtered]",
            "SQS queue: Jobs [disabled]",
            "DynamoDB stream: Notes []",
            "Kafka: orders []",
            "User pool: My Pool PreSignUp []",
        ]
    );
}

#[test]
fn a_drawing_leads_from_where_messages_come_from() {
    assert_eq!(
        example(MESSAGES).edges(),
        [
            "S3BucketPhotos -s3:ObjectCreated:*-> function:hello",
            "legacy -s3:ObjectCreated:*-> function:hello",
            "arn:aws:sns:us-east-1:1:news -notifies-> function:hello",
            "Jobs -is read by-> function:hello",
            "Notes -is read by-> function:hello",
            "Kafka:orders -is read by-> function:hello",
            "CognitoUserPoolMyPool -PreSignUp-> function:hello",
        ]
    );
}

#[test]
fn what_an_event_makes_knows_the_line_of_the_event() {
    let shop = example(MESSAGES);
    let origins = shop.origins();
    for (id, part, name) in [
        ("S3BucketPhotos", "- s3: photos", "bucket photos"),
        (
            "HelloCustomS31",
            "bucket: legacy",
            "connection of hello to legacy",
        ),
        (
            "HelloSnsSubscriptionNews",
            "- sns",
            "subscription of hello to news",
        ),
        ("HelloEventSourceMappingSQSJobs", "- sqs", "Jobs to hello"),
        (
            "HelloEventSourceMappingDynamodbNotes",
            "- stream",
            "Notes to hello",
        ),
        (
            "HelloEventSourceMappingKafkaOrders",
            "- kafka",
            "orders to hello",
        ),
        (
            "CognitoUserPoolMyPool",
            "- cognitoUserPool",
            "user pool My Pool",
        ),
    ] {
        let found = origins.of_resource(id).map(|origin| origin.line);
        assert_eq!(found, Some(line(MESSAGES, part)), "{id}");
        assert_eq!(origins.name_of(id), name);
    }
}
