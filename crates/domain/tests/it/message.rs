//! Which step may follow which state of a message.

use domain::{MessageState, MessageStep};

#[test]
fn every_step_is_allowed_where_it_makes_sense_and_refused_elsewhere() {
    use MessageState::{Closed, Draft, HandedOver, Ready, Replied, Sent};
    use MessageStep::{Answer, Close, Discard, HandOver, Send, Write};
    let may = |state: MessageState| -> Vec<MessageStep> {
        MessageStep::ALL
            .into_iter()
            .filter(|step| state.allows(*step))
            .collect()
    };
    assert_eq!(may(Draft), [Write, HandOver, Discard]);
    assert_eq!(may(Ready), [Write, HandOver, Discard]);
    assert_eq!(may(HandedOver), [Write, HandOver, Send, Discard]);
    assert_eq!(may(Sent), [Answer, Close]);
    assert_eq!(may(Replied), [Answer, Close]);
    assert_eq!(may(Closed), [Answer]);
}
