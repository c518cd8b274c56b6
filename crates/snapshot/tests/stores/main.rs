//! Typed state of everything but Amazon VPC: from documents as the AWS CLI prints them.

mod case;
mod ecs;
mod order;
mod owners;
mod presence;
mod profile;
mod samples;
