//! Resources that belong together: a function and what is there for it alone.

use std::collections::BTreeSet;

use super::graph::Graph;

const FUNCTION: &str = "AWS::Lambda::Function";

/// Types of resources that can belong to a function. What holds data does not, nor what others share.
const SATELLITES: [&str; 22] = [
    "AWS::ApiGateway::Method",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::ApiGatewayV2::RouteResponse",
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::ElasticLoadBalancingV2::ListenerRule",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::Events::Rule",
    "AWS::IoT::TopicRule",
    "AWS::IAM::Role",
    "AWS::Lambda::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Url",
    "AWS::Lambda::Version",
    "AWS::Logs::LogGroup",
    "AWS::Logs::SubscriptionFilter",
    "AWS::SNS::Subscription",
    "AWS::Scheduler::Schedule",
];

/// What belongs to whom.
#[derive(Debug)]
pub(super) struct Groups {
    /// By resource: the function that it belongs to, which is its own.
    pub(super) owner: Vec<Option<usize>>,
}

impl Groups {
    pub(super) fn of(graph: &Graph<'_>) -> Self {
        let count = graph.ids.len();
        let owner = (0..count)
            .map(|number| (graph.kind(number) == FUNCTION).then_some(number))
            .collect();
        let mut groups = Self { owner };
        let mut users = vec![BTreeSet::new(); count];
        for (number, edges) in graph.edges.iter().enumerate() {
            for target in edges {
                if let Some(users) = users.get_mut(*target) {
                    users.insert(number);
                }
            }
        }
        // What belongs to a function can have something of its own: an integration its route.
        for _ in 0..4 {
            if !groups.grow(graph, &users) {
                break;
            }
        }
        groups
    }

    fn grow(&mut self, graph: &Graph<'_>, users: &[BTreeSet<usize>]) -> bool {
        let mut has_grown = false;
        for number in 0..graph.ids.len() {
            let is_free = self.owner.get(number).is_some_and(Option::is_none);
            if !is_free || !SATELLITES.contains(&graph.kind(number)) {
                continue;
            }
            let needs = graph.edges.get(number).into_iter().flatten();
            let needed = self.owners(needs);
            let owner = if needed.is_empty() {
                // A log group is there before its function.
                let by = users.get(number).into_iter().flatten();
                let has_other = by
                    .clone()
                    .any(|user| self.owner.get(*user).copied().flatten().is_none());
                if has_other {
                    BTreeSet::new()
                } else {
                    self.owners(by)
                }
            } else {
                needed
            };
            if let [only] = owner.into_iter().collect::<Vec<_>>().as_slice()
                && let Some(slot) = self.owner.get_mut(number)
            {
                *slot = Some(*only);
                has_grown = true;
            }
        }
        has_grown
    }

    fn owners<'a>(&self, of: impl Iterator<Item = &'a usize>) -> BTreeSet<usize> {
        of.filter_map(|number| self.owner.get(*number).copied().flatten())
            .collect()
    }

    /// The members of each function's group, functions in the template's order.
    pub(super) fn members(&self) -> Vec<Vec<usize>> {
        let mut all: std::collections::BTreeMap<usize, Vec<usize>> =
            std::collections::BTreeMap::new();
        for (number, owner) in self.owner.iter().enumerate() {
            if let Some(owner) = owner {
                all.entry(*owner).or_default().push(number);
            }
        }
        all.into_values().collect()
    }
}
