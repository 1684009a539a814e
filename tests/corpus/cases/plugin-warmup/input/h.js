exports.a=async()=>1
