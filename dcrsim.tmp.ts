import { createRng } from "/work/wt/privacy/src/core/math/rng.ts";
import { dcrShare } from "/work/wt/privacy/src/core/metrics/privacy/dcr-share.ts";
import { madeTable, numbers, levels } from "/work/wt/privacy/src/core/table/fixtures/made-table.ts";
import { takeRows, type Table } from "/work/wt/privacy/src/core/table/table.ts";
const make=(rows:number,kind:string,rng:any):Table=>{
  if(kind==="coded") return madeTable(Array.from({length:6},(_,i)=>levels("c"+i,Int32Array.from({length:rows},()=>rng.weighted([3,2,1])),["a","b","c"])));
  const h=Float64Array.from({length:rows},()=>rng.normal());
  return madeTable(Array.from({length:8},(_,i)=>numbers("c"+i,h.map(x=>.6*x+.8*rng.normal()))));
};
const range=(a:number,b:number)=>Int32Array.from({length:b-a},(_,i)=>a+i);
for(const kind of ["numeric",]) for(const [n,share] of [[600,0],[600,.3],[2000,0],[2000,.3]] as const){
  const v:number[]=[],lo:number[]=[],hi:number[]=[]; let cover=0; const truth=.5+share/2; const D=n===600?100:40;
  for(let s=1;s<=D;s++){ const rng=createRng(s); const t=n*.8; const all=make(n+t,kind,rng.fork("r"));
    const train=takeRows(all,range(0,t)), hold=takeRows(all,range(t,n));
    const k=Math.round(share*t); const from=rng.choose(t,k);
    const syn=takeRows(all,Int32Array.from({length:t},(_,i)=>i<k?from[i]!:n+i));
    const r=await dcrShare.compute({train,holdout:hold,synthetic:syn},createRng(s)); if(r.status!=="ok") throw 1;
    v.push(r.value); lo.push(r.value-r.interval.low); hi.push(r.interval.high-r.value); if(r.interval.low<=truth&&truth<=r.interval.high)cover++;
    if(r.value<r.interval.low||r.value>r.interval.high) console.log("OUT");
  }
  const m=(a:number[])=>a.reduce((x,y)=>x+y,0)/a.length; const mu=m(v); const sd=Math.sqrt(m(v.map(x=>(x-mu)**2)));
  console.log(kind,n,share,"mean",mu.toFixed(4),"sd",sd.toFixed(4),"reach low/1.96",(m(lo)/1.96).toFixed(4),"high",(m(hi)/1.96).toFixed(4),"cover",(cover/D).toFixed(3));
}
