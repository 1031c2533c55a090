"""支付申请: what is paid of a contract, on which account, and what the treasury is told."""
