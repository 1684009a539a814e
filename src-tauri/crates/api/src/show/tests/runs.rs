//! Network, files, layers, secrets, addresses and results in the drawing.

use super::*;

const TEXT: &str = "
service: shop
provider:
  name: aws
  runtime: python3.13
  vpc: {securityGroupIds: [sg-1], subnetIds: [subnet-1, subnet-2]}
functions:
  order:
    handler: app.order
    url: true
    onError: arn:aws:sns:us-east-1:000000000000:alarms
    destinations: {onSuccess: bill, onFailure: {type: sqs, arn: !GetAtt Lost.Arn}}
    environment:
      PASSWORD: '{{resolve:secretsmanager:shop/db:SecretString:password}}'
      TOKEN: 'Bearer {{resolve:ssm-secure:/shop/token:3}}'
  bill:
    handler: app.bill
    url: {authorizer: aws_iam}
    vpc: {securityGroupIds: [sg-2], subnetIds: [subnet-1, subnet-2]}
    layers: ['arn:aws:lambda:us-east-1:000000000000:layer:numbers:7', {Ref: OwnLambdaLayer}]
    fileSystemConfig: {arn: 'arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-1', localMountPath: /mnt/bills}
layers:
  own: {path: layer}
resources:
  Resources:
    Lost: {Type: AWS::SQS::Queue}
";

#[test]
fn how_functions_run_and_where_results_go_is_drawn() {
    assert_eq!(
        example(TEXT).edges(),
        [
            "internet -function URL, anyone who knows the address-> function:order",
            "function:order -runs in, guarded by sg-1-> network:subnet-1,subnet-2",
            "function:order -PASSWORD-> secret:shop/db",
            "function:order -TOKEN-> secret:/shop/token",
            "function:order -on error-> arn:aws:sns:us-east-1:000000000000:alarms",
            "function:order -on success-> function:bill",
            "function:order -on failure-> Lost",
            "internet -function URL, signed requests only-> function:bill",
            "function:bill -runs in, guarded by sg-2-> network:subnet-1,subnet-2",
            "function:bill -/mnt/bills-> files:arn:aws:elasticfilesystem:us-east-1:000000000000:access-point/fsap-1",
            "function:bill -uses-> layer:arn:aws:lambda:us-east-1:000000000000:layer:numbers:7",
            "function:bill -uses-> layer:OwnLambdaLayer",
        ]
    );
    let shop = example(TEXT);
    let drawing = drawing::draw(&shop.service, &shop.template());
    let of = |id: &str| {
        let mut nodes = drawing.nodes.iter();
        let node = nodes.find(|node| node.id.starts_with(id));
        node.map(|node| (node.kind, node.label.as_str(), node.note.as_str()))
    };
    let expected = [
        (
            "network:",
            (NodeKind::Network, "subnet-1 and 1 more", "Subnets"),
        ),
        (
            "secret:shop/db",
            (NodeKind::Secret, "shop/db", "Secrets Manager"),
        ),
        (
            "secret:/shop/token",
            (NodeKind::Secret, "/shop/token", "Parameter Store"),
        ),
        (
            "arn:aws:sns",
            (NodeKind::Queue, "alarms", "outside this service"),
        ),
        ("layer:arn", (NodeKind::Other, "numbers 7", "Layer")),
        ("layer:Own", (NodeKind::Other, "Own", "Layer")),
        ("files:", (NodeKind::Other, "fsap-1", "EFS file system")),
    ];
    for (id, node) in expected {
        assert_eq!(of(id), Some(node), "{id}");
    }
}
