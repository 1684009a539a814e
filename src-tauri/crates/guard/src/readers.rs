//! Who can read a parameter: whom its reading and its key let.

use crate::answer::{Answer, Verdict};
use crate::arn::{Arn, domain};
use crate::context::Context;
use crate::evaluate::{Request, evaluate};
use crate::policies::{Grant, Layer, Named, Policies, ResourcePolicy};
use crate::policy::Document;
use crate::powers::Person;
use crate::principal::Principal;

/// What a parameter is sealed with.
#[derive(Debug, Clone)]
pub enum Seal<'a> {
    /// Nothing: whoever reads it, reads it.
    Plain,
    /// AWS's own key of Parameter Store, which lets every identity of the account decrypt through it.
    Managed,
    /// A key of one's own.
    Key {
        /// Its ARN.
        key: &'a str,
        /// Its policy, as far as it is known.
        policy: Layer<&'a Document>,
        /// Its grants.
        grants: Layer<Vec<Grant>>,
    },
}

/// A parameter, and those who might read it.
#[derive(Debug, Clone)]
pub struct ParameterCase<'a> {
    /// The parameter's ARN.
    pub parameter: &'a str,
    /// What it is sealed with.
    pub seal: Seal<'a>,
    /// Users and roles.
    pub people: &'a [Person],
    /// The service control policies of the account.
    pub service_control: Layer<Vec<Vec<Named>>>,
    /// The resource control policies of the account.
    pub resource_control: Layer<Vec<Named>>,
}

/// Whether somebody can read a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub principal: Principal,
    /// Both together.
    pub verdict: Verdict,
    /// Whether Parameter Store gives it to them.
    pub read: Answer,
    /// Whether the key decrypts it for them; none when no key of one's own is asked.
    pub decrypt: Option<Answer>,
}

impl Reader {
    /// One sentence on why.
    pub fn why(&self) -> String {
        match &self.decrypt {
            Some(decrypt) if decrypt.verdict <= self.read.verdict => {
                format!("Decrypting: {}", decrypt.why())
            }
            _ => format!("Reading: {}", self.read.why()),
        }
    }
}

/// Who of these can read a parameter.
pub fn readers(case: &ParameterCase<'_>) -> Vec<Reader> {
    case.people
        .iter()
        .map(|person| case.reader(person))
        .collect()
}

impl ParameterCase<'_> {
    fn reader(&self, person: &Person) -> Reader {
        let context = Context::open();
        let request = Request::new(
            &person.principal,
            "ssm:GetParameter",
            self.parameter,
            &context,
        );
        // What others share out by a policy of the parameter reaches other accounts only.
        let read = evaluate(&request, &self.policies(person));
        let decrypt = self.decrypt(person);
        let sealed = decrypt
            .as_ref()
            .map_or(Verdict::Allow, |answer| answer.verdict);
        Reader {
            principal: person.principal.clone(),
            verdict: read.verdict.min(sealed),
            read,
            decrypt,
        }
    }

    fn decrypt(&self, person: &Person) -> Option<Answer> {
        let Seal::Key {
            key,
            policy,
            grants,
        } = &self.seal
        else {
            return None;
        };
        let arn = Arn::of(self.parameter);
        let (partition, region) = arn.map_or(("aws", ""), |arn| (arn.partition, arn.region));
        let context = Context::open()
            .with(
                "kms:ViaService",
                format!("ssm.{region}.{}", domain(partition)),
            )
            .with("kms:EncryptionContext:PARAMETER_ARN", self.parameter);
        let request = Request::new(&person.principal, "kms:Decrypt", key, &context);
        let policies = Policies {
            resource: match policy {
                Layer::Held(policy) => {
                    ResourcePolicy::Required(Named::new("the key policy", (*policy).clone()))
                }
                Layer::Absent | Layer::NotKnown => ResourcePolicy::NotKnown,
            },
            grants: grants.clone(),
            ..self.policies(person)
        };
        Some(evaluate(&request, &policies))
    }

    fn policies(&self, person: &Person) -> Policies {
        Policies {
            identity: person.identity.clone(),
            boundary: person.boundary.clone(),
            service_control: self.service_control.clone(),
            resource_control: self.resource_control.clone(),
            ..Policies::default()
        }
    }
}
